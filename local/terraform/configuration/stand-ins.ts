import { type Place, formatArn } from "../../../aws/arn";
import { StandIn, standInToken } from "../expression/stand-in";
import { standInId } from "../stand-in-id";

/** Makes the stand-ins of one stack, always the same, and remembers which of them were used. */
export class StandIns {
  private readonly given: ReadonlyMap<string, string>;
  private readonly used = new Map<string, string>();

  /** @param given real values by address, as whoever serves the stack knows them */
  constructor(
    private readonly stackName: string,
    given: Readonly<Record<string, string>>,
  ) {
    this.given = new Map(Object.entries(given).map(([address, value]) => [short(address), value]));
  }

  /** Addresses of those whose text went into something, with the text. */
  public get usedTexts(): ReadonlyMap<string, string> {
    return this.used;
  }

  public isGiven(address: string): boolean {
    return this.given.has(short(address));
  }

  /** The value at an address: the given one, or a stand-in. @param place of an AWS resource, whose ARNs look like ARNs */
  public at(address: string, place?: () => Place): unknown {
    return this.given.get(short(address)) ?? this.madeUp(address, place);
  }

  private madeUp(address: string, place: (() => Place) | undefined): StandIn {
    return new StandIn(
      address,
      (path) => this.at(`${address}${path}`, place),
      () => this.text(address, place),
    );
  }

  /** The made-up text at an address. */
  public text(address: string, place?: () => Place): string {
    const token = standInToken(standInId(`${this.stackName}/${short(address)}`, 12));
    const text = place !== undefined && /[._]arn$/.test(address) ? arnOf(address, token, place()) : token;
    this.used.set(address, text);
    return text;
  }
}

/** The service is the word behind `aws_`: not always the one that AWS writes, but never that of another service. */
function arnOf(address: string, token: string, place: Place): string {
  const [, service = "unknown", kind = ""] = /(?:^|\.)aws_([a-z\d]+)_?(\w*)\./.exec(address) ?? [];
  return formatArn({ ...place, service, resource: `${kind}/${token}` });
}

/** `outputs["queue"]` is `outputs.queue`. */
function short(address: string): string {
  return address.replace(/\["([a-z_][\w-]*)"\]/gi, ".$1");
}
