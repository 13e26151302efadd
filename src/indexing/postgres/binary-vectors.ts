// In: vectors. Out: the bytes in which pgvector takes and gives them, and back. Every bit of a number stays: what is computed from
// them is the same as from the local files.

/** A vector as pgvector's binary form: dimension, two zero bytes, then 32-bit floats, all big-endian. */
export function vectorBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 + 4 * vector.length)
  bytes.writeUInt16BE(vector.length, 0)
  for (let i = 0; i < vector.length; i++) bytes.writeFloatBE(vector[i] as number, 4 + 4 * i)
  return bytes
}

/** Back from that form. */
export function vectorFromBytes(bytes: Buffer): Float32Array {
  const vector = new Float32Array(bytes.readUInt16BE(0))
  for (let i = 0; i < vector.length; i++) vector[i] = bytes.readFloatBE(4 + 4 * i)
  return vector
}

/**
 * An array of vectors in PostgreSQL's binary form.
 * @param elementType the object id of the type `vector` in this database
 */
export function vectorArrayBytes(vectors: readonly Float32Array[], elementType: number): Buffer {
  const header = Buffer.alloc(20)
  header.writeInt32BE(1, 0)
  header.writeInt32BE(0, 4)
  header.writeUInt32BE(elementType, 8)
  header.writeInt32BE(vectors.length, 12)
  header.writeInt32BE(1, 16)
  const elements = vectors.flatMap((vector) => {
    const bytes = vectorBytes(vector)
    const length = Buffer.alloc(4)
    length.writeInt32BE(bytes.length, 0)
    return [length, bytes]
  })
  return Buffer.concat([header, ...elements])
}
