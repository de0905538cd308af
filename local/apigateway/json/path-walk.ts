import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { isValueMap, JavaList, type ValueMap } from "../../velocity/java-values";
import {
  isDefinite,
  type JsonPath,
  jsonPath,
  JsonPathError,
  type PathFilter,
  PathNotFoundError,
  type PathParameter,
  type PathStep,
} from "./json-path";
import { IndexOutOfBoundsError, lengthOf, PATH_FUNCTIONS } from "./path-functions";

/** What paths through one document have in common. With `strict`, every name must be there, as where a filter asks for a path. */
export interface PathContext {
  /** The document. */
  readonly root: unknown;
  /** @throws MappingTemplateError once too many steps are taken */
  readonly spend: (steps: number) => void;
  /** What a path finds from `start` on, by Jayway's rules and in its order; undefined where it finds nothing. */
  find(path: JsonPath, start: unknown, strict: boolean): unknown;
  passes(filter: PathFilter, item: unknown, strict: boolean): boolean;
}

/** One path's way through the document. @throws JsonPathError where it cannot be followed */
export class PathWalk {
  private readonly results: unknown[] = [];
  private readonly steps: readonly PathStep[];
  private readonly last: number;
  /** By step: the index of the list's item at which the step stands because of `..`. */
  private readonly scannedIndexes: number[] = [];

  constructor(
    private readonly context: PathContext,
    private readonly path: JsonPath,
    private readonly strict: boolean,
  ) {
    this.steps = path.steps;
    this.last = path.steps.length - 1;
  }

  public from(start: unknown): unknown {
    this.walk(0, start);
    if (!this.path.isDefinite) return new JavaList(this.results, "json");
    if (this.results.length === 0) throw new PathNotFoundError("nothing is there");
    return this.results.at(-1);
  }

  /** Takes the step at `position` from `value`; behind the last one, `value` is found. */
  private walk(position: number, value: unknown): void {
    this.context.spend(1);
    const step = this.steps[position];
    if (!step) {
      this.results.push(value);
      return;
    }
    switch (step.kind) {
      case "names":
        this.names(position, value, step.names);
        return;
      case "indexes":
        for (const index of step.indexes) this.item(position, this.list(position, value), index);
        return;
      case "slice":
        this.slice(position, this.list(position, value), step.from, step.to);
        return;
      case "wildcard":
        this.children(position, value);
        return;
      case "scan":
        this.scan(position, value);
        return;
      case "filter":
        this.filter(position, value, step.filter);
        return;
      case "function":
        this.call(position, value, step.name, step.parameters);
    }
  }

  /** Nothing is found, which is a mistake where no step before could have found more. */
  private missing(position: number): void {
    if (position <= this.path.firstIndefinite) throw new PathNotFoundError("there is no such place");
  }

  private names(position: number, value: unknown, names: readonly string[]): void {
    if (!isValueMap(value)) this.missing(position);
    else if (names.length === 1 || position < this.last) {
      for (const name of names) this.name(position, value, name);
    } else {
      const present = names.filter((name) => value.has(name));
      if (this.strict && present.length < names.length) throw new PathNotFoundError("a name is not there");
      this.results.push(new Map(present.map((name) => [name, value.get(name)])));
    }
  }

  private name(position: number, map: ValueMap, name: unknown): void {
    if (map.has(name)) {
      if (position < this.last || this.isChosen(position)) this.walk(position + 1, map.get(name));
    } else if (this.strict || (position < this.last && position < this.path.firstIndefinite)) {
      throw new PathNotFoundError("a name is not there");
    }
  }

  /** Behind `..[0]`, a name counts in the item of this index only; behind other steps of its kind, nowhere: so does Jayway. */
  private isChosen(position: number): boolean {
    const scanned = this.scannedIndexes[position];
    if (scanned === undefined) return true;
    const before = this.steps[this.last - 1];
    return before?.kind === "indexes" && before.indexes.length === 1 && before.indexes[0] === scanned;
  }

  private list(position: number, value: unknown): JavaList | undefined {
    if (value instanceof JavaList) return value;
    this.missing(position);
    return undefined;
  }

  private item(position: number, list: JavaList | undefined, index: number): void {
    if (!list) return;
    const { items } = list;
    const effective = index < 0 ? items.length + index : index;
    if (effective < 0 || effective >= items.length) return;
    try {
      this.walk(position + 1, items[effective]);
    } catch (error) {
      if (!(error instanceof IndexOutOfBoundsError)) throw error;
    }
  }

  /** Only a slice with both ends counts a negative first one item by item. */
  private slice(position: number, list: JavaList | undefined, from?: number, to?: number): void {
    const length = list?.items.length ?? 0;
    const first = from ?? 0;
    const start = to === undefined && first < 0 ? length + first : first;
    const end = to === undefined ? length : from === undefined && to < 0 ? length + to : Math.min(length, to);
    for (let index = Math.max(start, to === undefined ? 0 : -length); index < end; index += 1) {
      this.item(position, list, index);
    }
  }

  private children(position: number, value: unknown): void {
    if (isValueMap(value)) {
      for (const name of value.keys()) this.name(position, value, name);
    } else if (value instanceof JavaList) {
      for (let index = 0; index < value.items.length; index += 1) {
        try {
          this.item(position, value, index);
        } catch (error) {
          if (this.strict || !(error instanceof PathNotFoundError)) throw error;
        }
      }
    }
  }

  /** Takes the next step from every map and list in which it may find something, a parent before its children. */
  private scan(position: number, value: unknown): void {
    const next = this.steps[position + 1];
    if (!next) throw new MappingTemplateError("a JSONPath ends with ..");
    this.context.spend(1);
    if (isValueMap(value)) {
      if (this.isScanned(position + 1, next, value)) this.walk(position + 1, value);
      for (const child of value.values()) this.scan(position, child);
    } else if (value instanceof JavaList) {
      if (this.isScanned(position + 1, next, value)) this.scanList(position + 1, value);
      for (const child of value.items) this.scan(position, child);
    }
  }

  /** Where more steps follow, all items take the step after the next: so does Jayway. */
  private scanList(position: number, list: JavaList): void {
    if (position === this.last) {
      this.walk(position, list);
      return;
    }
    for (const [index, item] of list.items.entries()) {
      this.scannedIndexes[position + 1] = index;
      this.walk(position + 1, item);
    }
  }

  private isScanned(position: number, step: PathStep, value: ValueMap | JavaList): boolean {
    switch (step.kind) {
      case "names":
        return (
          isValueMap(value) &&
          (!isDefinite(step, position === this.last) || step.names.every((name) => value.has(name)))
        );
      case "indexes":
      case "slice":
        return value instanceof JavaList;
      case "filter":
        return this.context.passes(step.filter, value, this.strict);
      default:
        return step.kind === "wildcard";
    }
  }

  private filter(position: number, value: unknown, filter: PathFilter): void {
    if (isValueMap(value)) {
      if (this.context.passes(filter, value, this.strict)) this.walk(position + 1, value);
    } else if (value instanceof JavaList) {
      for (const [index, item] of value.items.entries()) {
        if (this.context.passes(filter, item, this.strict)) this.item(position, value, index);
      }
    } else if (position <= this.path.firstIndefinite) {
      throw new JsonPathError("a filter is for lists and maps");
    }
  }

  private call(position: number, value: unknown, name: string, parameters: readonly PathParameter[]): void {
    const { root } = this.context;
    const values = parameters.map((parameter) =>
      "path" in parameter ? this.required(parameter.path, root) : parameter.value,
    );
    const result =
      name === "length" || name === "size"
        ? this.length(value, parameters)
        : (PATH_FUNCTIONS.get(name) ?? unknownFunction(name))(value, values);
    this.results.push(result);
    if (position < this.last) this.walk(position + 1, result);
  }

  private required(path: JsonPath, start: unknown): unknown {
    const value = this.context.find(path, start, this.strict);
    if (value === undefined) throw new PathNotFoundError("a parameter's path finds nothing");
    return value;
  }

  /** With a path in the parentheses: of what stands there, as Jayway does it, which is the last child of a definite path. */
  private length(value: unknown, [parameter]: readonly PathParameter[]): number | null {
    if (parameter === undefined) return lengthOf(value);
    if (!("path" in parameter)) throw new MappingTemplateError("length() takes a path");
    if (value === null) throw new MappingTemplateError("length() is for lists and maps");
    const { steps, isRooted } = parameter.path;
    const isWhole = steps.length === 0 || steps.at(-1)?.kind === "function";
    const children = jsonPath(isRooted, [...steps, { kind: "wildcard" }]);
    const path = isWhole ? parameter.path : { ...children, isDefinite: parameter.path.isDefinite };
    const inner = this.required(path, value);
    return inner instanceof JavaList ? inner.items.length : lengthOf(value);
  }
}

function unknownFunction(name: string): never {
  throw new JsonPathError(`there is no function ${name}`);
}
