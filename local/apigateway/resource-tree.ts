import { percentDecoded } from "./multi-values";

/** What a path led to. */
interface FoundMethod<Target> {
  readonly target: Target;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The methods of one resource path, by HTTP verb or `ANY`. */
interface TreeResource<Target> {
  readonly path: string;
  readonly methods: Readonly<Record<string, Target>>;
}

interface Node<Target> {
  readonly fixed: Map<string, Node<Target>>;
  parameter?: { readonly name: string; readonly node: Node<Target> };
  greedy?: { readonly name: string; readonly methods: Readonly<Record<string, Target>> };
  methods: Readonly<Record<string, Target>>;
}

/**
 * Finds a method as API Gateway does: a fixed segment before `{x}` before `{x+}`, whatever the order of creation; a
 * resource without the verb does not hide a less specific one that has it; an exact verb before `ANY`. Slashes at
 * either end of a path don't count; parameters stay percent-encoded.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 */
export class ResourceTree<Target> {
  private readonly root: Node<Target> = emptyNode();

  constructor(resources: Iterable<TreeResource<Target>>) {
    for (const resource of resources) this.add(resource);
  }

  /** `path` is what follows the stage, as sent. */
  public find(verb: string, path: string): FoundMethod<Target> | undefined {
    const trimmed = trimSlashes(path);
    const segments = trimmed === "" ? [] : trimmed.split("/");
    const pathParameters = Object.create(null) as Record<string, string>;
    const target = search(this.root, segments, 0, verb, pathParameters);
    return target === undefined ? undefined : { target, pathParameters };
  }

  private add({ path, methods }: TreeResource<Target>): void {
    let node = this.root;
    for (const segment of path.split("/").filter((part) => part !== "")) {
      const name = /^\{([^}+]+)(\+?)\}$/.exec(segment);
      if (name?.[2] === "+") {
        node.greedy = { name: name[1] ?? "", methods };
        return;
      }
      if (name === null) {
        node = fixedChild(node, segment);
      } else {
        node.parameter ??= { name: name[1] ?? "", node: emptyNode() };
        ({ node } = node.parameter);
      }
    }
    node.methods = methods;
  }
}

function search<Target>(
  node: Node<Target>,
  segments: readonly string[],
  index: number,
  verb: string,
  found: Record<string, string>,
): Target | undefined {
  const segment = segments[index];
  if (segment === undefined) return methodFor(node.methods, verb);
  const fixed = node.fixed.get(segment) ?? node.fixed.get(percentDecoded(segment));
  const exact = fixed && search(fixed, segments, index + 1, verb, found);
  if (exact !== undefined) return exact;
  if (node.parameter !== undefined && segment !== "") {
    const target = search(node.parameter.node, segments, index + 1, verb, found);
    if (target !== undefined) {
      found[node.parameter.name] = segment;
      return target;
    }
  }
  const greedy = node.greedy && methodFor(node.greedy.methods, verb);
  if (node.greedy !== undefined && greedy !== undefined) {
    found[node.greedy.name] = trimSlashes(segments.slice(index).join("/"));
  }
  return greedy;
}

function methodFor<Target>(methods: Readonly<Record<string, Target>>, verb: string): Target | undefined {
  if (Object.hasOwn(methods, verb)) return methods[verb];
  return Object.hasOwn(methods, "ANY") ? methods.ANY : undefined;
}

function emptyNode<Target>(): Node<Target> {
  return { fixed: new Map(), methods: {} };
}

function fixedChild<Target>(node: Node<Target>, segment: string): Node<Target> {
  const child = node.fixed.get(segment) ?? emptyNode();
  node.fixed.set(segment, child);
  return child;
}

function trimSlashes(path: string): string {
  let start = 0;
  let end = path.length;
  while (start < end && path[start] === "/") start += 1;
  while (end > start && path[end - 1] === "/") end -= 1;
  return path.slice(start, end);
}
