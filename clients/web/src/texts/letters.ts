// Letters as people see them: an emoji of several signs is one, and so is a letter with its accents.

export function letters(text: string): string[] {
  if (!("Segmenter" in Intl)) return [...text]; // an older browser
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment);
}
