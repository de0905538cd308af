import { routeSettings, type Routes, routesAtPaths } from "../route/route-settings";
import { type LARGE_BODY_SETTINGS, largeBodiesOf } from "../large-bodies/large-body-settings";
import type { Checked, Options, Rule } from "../setting";
import { entrySettings } from "../webhook/entry-settings";
import { type Webhook, webhookEntries } from "../webhook/webhook-settings";
import { base64ContentTypes, type MESSAGE_SETTINGS, textContentTypes } from "./message";
import type { METHOD_SETTINGS } from "./methods";

type ContentTypes = Options<Pick<typeof MESSAGE_SETTINGS, "binaryContentTypes" | "contentTypes">>;

interface Settings extends ContentTypes {
  readonly webhook?: Webhook;
  readonly routes?: Routes;
  readonly largeBodies?: Checked<typeof LARGE_BODY_SETTINGS>["largeBodies"];
}

/** The content types of each of the API's methods. */
function methodsOf(settings: Settings): ContentTypes[] {
  const shared = settings as Partial<Parameters<typeof entrySettings>[1]>;
  return [
    settings,
    ...webhookEntries(settings.webhook).map((entry) => entrySettings(entry, shared, { isFifo: false })),
    ...routesAtPaths(settings.routes).map(([, route]) => routeSettings<ContentTypes>(route, settings)),
  ];
}

/** Content types whose bodies travel as base64, or as bytes, in any of the API's methods. */
export function binaryMediaTypes(settings: Settings): string[] {
  const ofLargeBodies = largeBodiesOf(settings.largeBodies)?.binaryTypes ?? [];
  return [...new Set([...methodsOf(settings).flatMap(base64ContentTypes), ...ofLargeBodies])];
}

/** The first of these types that a method takes for text. */
export function textTypeAmong(types: readonly string[], settings: Settings): string | undefined {
  return methodsOf(settings)
    .flatMap(textContentTypes)
    .find((type) => types.includes(type));
}

/** A content type that is binary in one method of the API and text in another: API Gateway knows but one list. */
function textAndBinary(settings: Settings): string | undefined {
  return textTypeAmong(methodsOf(settings).flatMap(base64ContentTypes), settings);
}

/** What has to hold between the content types of the API's methods. */
export const BINARY_MEDIA_TYPE_RULES: readonly Rule<typeof METHOD_SETTINGS>[] = [
  {
    setting: ["webhook", "routes"],
    isBroken: (facts, setting) => facts[setting] !== undefined && textAndBinary(facts) !== undefined,
    wrong: (facts) => `takes for binary at one path what is text at another: ${textAndBinary(facts) ?? ""}`,
    allowed: "content types that are binary for the whole API, or text",
    mend: "Write `binaryContentTypes` so that they fit each other, or give one path other `contentTypes`.",
  },
];
