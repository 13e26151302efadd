// In: nothing. Out: the features by which it is judged whether a question can be answered, in the groups that are left out together
// when they are judged themselves.

/** Features of a question and its best sentence; in [0, 1] unless said otherwise. Shares are weighted by rarity. */
export const REFUSAL_FEATURE_GROUPS = {
  /** Log odds of the best sentence among all, / 5 (−1 to 1); cosine of it, of its passage, and how far that is above the others', × 10. */
  choice: ['confidence', 'sentenceCosine', 'passageCosine', 'cosineLead'],
  /** Share of the question's words in the sentence; with neighbours; in its passage; the best of any passage; in its document; in the corpus. */
  words: ['coverage', 'contextCoverage', 'passageCoverage', 'bestCoverage', 'documentCoverage', 'corpusCoverage'],
  /** Share of neighbouring words that stand together: in the sentence; near each other there; in passage, document, corpus. */
  pairs: ['pairs', 'loosePairs', 'passagePairs', 'passageLoosePairs', 'documentPairs', 'corpusPairs'],
  /** Rarity of the rarest word that is missing in passage and document, as a share of the rarest of all. */
  rarest: ['rarestNotInPassage', 'rarestNotInDocument'],
  /** Share of names that passage and document lack; whether one is missing there; the same for numbers, times, ordinals, decisions. */
  anchors: ['namesNotInPassage', 'namesNotInDocument', 'nameMissing', 'numbersNotInPassage', 'numbersNotInDocument', 'numberMissing'],
  /** The kind of thing asked for is there, where its form tells it; is new; stands near the question's words; share of new words. */
  type: ['type', 'newType', 'newNear', 'newShare'],
  /**
   * Of the noun asked about ("bao nhiêu người", "thành phố nào"): something new stands beside it; no sentence found has it; a number
   * is asked for, but none stands beside it; the document lacks it where a number is asked for, where another thing is.
   */
  focus: ['focusAnswered', 'focusMissing', 'numberUnbound', 'countedMissing', 'kindMissing'],
  /** A role is asked for that no sentence found names; that the sentence contradicts. */
  role: ['roleMissing', 'roleContradicted'],
  /** How surely a reader finds the answer in anything it read, and in the best sentence; log odds / 12, 0 where nothing was read. */
  reader: ['readAnywhere', 'readHere'],
} as const

/** Name of a feature. */
export type RefusalFeatureName = (typeof REFUSAL_FEATURE_GROUPS)[keyof typeof REFUSAL_FEATURE_GROUPS][number]

/** Names of the features, in the order of their groups. */
export const REFUSAL_FEATURE_NAMES: readonly RefusalFeatureName[] = Object.values(REFUSAL_FEATURE_GROUPS).flat()

/** What speaks for and against answering. */
export type RefusalFeatures = Readonly<Record<RefusalFeatureName, number>>
