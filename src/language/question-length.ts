// In: nothing. Out: the one limit that HTTP and command line share.

/** Longest question, in UTF-16 units after normalising and trimming. */
export const MAX_QUESTION_LENGTH = 2000
