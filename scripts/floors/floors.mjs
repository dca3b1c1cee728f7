// Compares what crates depend on, as `cargo metadata` tells it, with the table in floors.txt.

/** @returns {{floorOf: Map<string, number>, owners: Map<string, string[]>}} */
export function parseTable(text) {
  const floorOf = new Map();
  const owners = new Map();
  for (const line of text.split("\n")) {
    const [word, subject, ...crates] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (word === "floor") {
      for (const crate of crates) floorOf.set(crate, Number(subject));
    } else if (word === "only") {
      owners.set(subject, crates);
    } else if (word !== "") {
      throw new Error(`floors.txt: cannot read «${line}»`);
    }
  }
  return { floorOf, owners };
}

/**
 * Every dependency counts for the direction: normal, for tests and for build scripts. An outside crate that
 * belongs to some alone may still serve the tests of others: to make a database, or to alter one behind the
 * program's back.
 *
 * @param {{name: string, dependencies: {name: string, kind?: string | null}[]}[]} packages members of the workspace
 * @returns {string[]} one sentence for each breach
 */
export function findBreaches(packages, { floorOf, owners }) {
  const breaches = [];
  for (const { name, dependencies } of packages) {
    const floor = floorOf.get(name);
    if (floor === undefined) {
      breaches.push(`${name} has no floor: add it to scripts/floors/floors.txt`);
      continue;
    }
    for (const used of new Set(dependencies.map((dependency) => dependency.name))) {
      const below = floorOf.get(used);
      if (below !== undefined && below >= floor) {
        breaches.push(`${name} (floor ${floor}) uses ${used} (floor ${below}): only lower floors may be used`);
      }
    }
    const shipped = dependencies.filter((dependency) => dependency.kind !== "dev");
    for (const used of new Set(shipped.map((dependency) => dependency.name))) {
      const allowed = owners.get(used);
      if (allowed !== undefined && !allowed.includes(name)) {
        breaches.push(`${name} uses ${used}, which belongs to ${allowed.join(" and ")}`);
      }
    }
  }
  return breaches;
}
