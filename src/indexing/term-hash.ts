// In: a term. Out: a 53-bit number that stands for it in the postings. No dictionary of strings is kept; two different terms
// meet with a chance of about 10⁻⁴ in a million terms, and then cost one wrong match.

/** Non-negative integer below 2⁵³. Two 32-bit multiplicative hashes with final mixing (after FNV-1a and MurmurHash3). */
export function termHash(term: string): number {
  let low = 0x811c9dc5
  let high = 0x9747b28c
  for (let i = 0; i < term.length; i++) {
    const unit = term.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x5bd1e995)
    high ^= high >>> 15
  }
  return (mixed(high) & 0x1fffff) * 0x100000000 + (mixed(low ^ term.length) >>> 0)
}

function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
