/**
 * What goes before a response template to let one of several origins read the answer: VTL that prints nothing and sets
 * `Access-Control-Allow-Origin` to the request's `Origin` when that is one of them. `""` for one origin or `*`, where a
 * constant header says all.
 *
 * `Vary` keeps caches from giving one origin's answer to another. Rests on: response templates see the request's
 * headers, under their names as they were sent; each override is set once, since AWS answers 5xx to the second time.
 * @throws Error for an origin that could end the VTL string that it stands in
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function corsOrigin(origins: readonly string[]): string {
  if (origins.length <= 1) return "";
  const isAllowed = origins.map((origin) => `$origin == '${checked(origin)}'`).join(" || ");
  return [
    "#set($origin = '')",
    "#foreach($name in $input.params().header.keySet())",
    "#if($name.toLowerCase() == 'origin')#set($origin = $input.params().header.get($name))#end",
    "#end",
    "#set($context.responseOverride.header.Vary = 'Origin')",
    `#if(${isAllowed})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join("");
}

function checked(origin: string): string {
  if (/^[A-Za-z0-9_.:/[\]*-]+$/.test(origin)) return origin;
  throw new Error(
    `origin: is not an origin, got ${JSON.stringify(origin)}; allowed is such as https://app.example.com`,
  );
}
