/** Screenshots and the server's log; ignored by git. */
export const OUT = new URL("../out/", import.meta.url).pathname;

/** The decision as shipped, for comparing what pages quote from it. */
export const DECISION = new URL("../../data/plan/decision-833-2023.txt", import.meta.url);
