// In: nothing. Out: the features of a candidate sentence by name, in the groups that are left out together when they are judged.

/** Features of a sentence; in [0, 1] unless said otherwise. Coverage is the share of the question's content, weighted by rarity. */
export const FEATURE_GROUPS = {
  /** Of its passage: score, 1 / place, both legs of the search, cosine × 10. */
  passage: ['passage', 'passageRank', 'passageDense', 'passageLexical', 'passageSimilarity'],
  /** Of its passage: coverage with the header, of the header alone, without accents; pairs of neighbours, pairs within four syllables. */
  passageWords: ['passageCoverage', 'headerCoverage', 'passageFolded', 'passagePairs', 'passageLoosePairs'],
  /** Cosine with the question: from the farthest candidate to the nearest; less the best of all and of its passage, × 10 (≤ 0). */
  dense: ['dense', 'similarity', 'denseInPassage'],
  /** Cosine of the sentence before and of the one after it, less the best of all, × 10 (≤ 0). */
  neighbours: ['similarityBefore', 'similarityAfter'],
  /** Coverage; without accents; beside the best candidate's; BM25 (may pass 1); weighted by rarity among candidates; of capitalised words. */
  words: ['coverage', 'foldedCoverage', 'coverageRank', 'bm25', 'localCoverage', 'nameCoverage'],
  /** Coverage together with its neighbours, or the sentence before it, or that and the header. */
  context: ['contextCoverage', 'beforeCoverage', 'localContext', 'contextNames'],
  /** Pairs of neighbours, pairs within four syllables, longest common subsequence. */
  order: ['pairs', 'loosePairs', 'sequence'],
  /**
   * 1 when it holds what is asked for; when that is new, not in the question; the same for questions of one kind alone; a person
   * with a title or a Vietnamese surname for "who"; a quantity of the unit asked for ("bao nhiêu tiền").
   */
  type: ['type', 'newType', 'typeDate', 'typeNumber', 'typePerson', 'typePlace', 'typeReason', 'titled', 'unit'],
  /** Coverage by words near something new of the kind asked for; the same for questions of one kind alone. */
  newNear: ['newNear', 'nearDate', 'nearNumber', 'nearPerson', 'nearPlace'],
  /** Whether it has the noun of the question word ("thành phố nào"); whether something new stands beside that noun. */
  focus: ['focus', 'focusAnswered'],
  /** Share of 20 syllables that are new; first of its passage; logarithm of its length; 1 when it is very short. */
  shape: ['newShare', 'opening', 'length', 'short'],
  /**
   * What reports of events have: 1 when it names the role asked for, −1 when it names another instead; 1 for the sentence a report
   * opens with when nothing but a fact of the event is asked, ½ when its course is asked about; 1 for the words under a picture.
   */
  report: ['role', 'lead', 'caption'],
} as const
