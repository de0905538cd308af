import { JavaArray, JavaCollection, JavaIterator, JavaList } from "./java-list";
import { MapView } from "./map-view";
import { isValueMap } from "./value-map";

/** What `#foreach` walks: a collection's or an array's items, a map's values, an iterator; undefined for anything else. */
export function iteratorOver(value: unknown): JavaIterator | undefined {
  if (value instanceof JavaCollection) return new JavaIterator(value);
  if (value instanceof JavaArray) return new JavaIterator(new JavaList(value.items));
  if (isValueMap(value)) return new JavaIterator(new MapView(value, "values"));
  return value instanceof JavaIterator ? value : undefined;
}
