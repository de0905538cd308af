import { STACK_TAG } from "../aws/own-resources";
import { oneLine } from "../errors/printable";
import type { Orphan, Orphans } from "./orphans";

/** For scripts. */
export function reportJson({ tag, beforeImport, ...rest }: Orphans): string {
  const { region, accountId, known, orphans } = rest;
  return JSON.stringify(
    {
      stack: tag,
      region,
      account: accountId,
      resources_in_state: known,
      before_import: beforeImport,
      orphans,
    },
    undefined,
    2,
  );
}

/** For people, and for their shells: all but the commands are comments. */
export function reportText(found: Orphans): string {
  const { tag, region, accountId, orphans, known } = found;
  const place = `in ${region}, account ${accountId},`;
  if (orphans.length === 0) {
    return `# Nothing ${place} carries ${STACK_TAG} = ${tag} that is not in the state, which holds ${known} resources.`;
  }
  return [
    `# ${orphans.length} ${place} with the tag ${STACK_TAG} = ${tag} that are not in the state, which holds ${known} resources.`,
    "# Another deployment with the same tag and a state of its own would be listed, too: look before you remove.",
    ...(known === 0
      ? [
          "# The state is empty: is it the right backend, the right workspace? If so, import rather than remove.",
        ]
      : []),
    ...beforeFirstImport(found),
    ...orphans.flatMap(paragraph),
  ].join("\n");
}

function beforeFirstImport({ beforeImport, orphans }: Orphans): string[] {
  if (beforeImport.length === 0 || orphans.every((orphan) => orphan.import.length === 0)) return [];
  return ["", "# before the first import", ...beforeImport];
}

function paragraph({ id, notes, remove, import: imports }: Orphan): string[] {
  return [
    "",
    // Names are whoever's that made it: one with a line's end in it must not become a command.
    oneLine(`# ${[id, ...notes].join("; ")}`),
    ...(remove.length === 0 ? [] : ["# remove:", ...remove]),
    ...(imports.length === 0 ? [] : ["# or import:", ...imports]),
  ];
}
