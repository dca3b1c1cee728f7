const PLAIN_D: Record<string, string> = { đ: "d", ð: "d" };

/** Lower case without marks, all but [a-z0-9] as one space: the same folding as the server's
 * (vocab::fold), so that a list filters here as it does there. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[đð]/g, (letter) => PLAIN_D[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Whether every word of the question begins a word of the text, both folded. */
export function matches(folded: string, question: string): boolean {
  const padded = ` ${folded}`;
  return question
    .split(" ")
    .filter((word) => word !== "")
    .every((word) => padded.includes(` ${word}`));
}
