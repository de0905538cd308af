import { forgedRequest, seededRandom } from "../support/forged-requests";
import { LocalStack } from "../support/local-stack";
import { type LoadRequest, sendAll } from "../support/send-all";

const NAME = "X-Telegram-Bot-Api-Secret-Token";
const SECRET = "5up-3r.secret_value~of/a+hook=";
const FORGED = 100_000;

/** One genuine request among so many forged ones. */
const GENUINE_AMONG = 250;

let local: LocalStack;

beforeAll(async () => {
  process.env.TF_VAR_secret_header_value = SECRET;
  local = await LocalStack.start({ secret_header: NAME });
});

afterAll(async () => {
  await local.close();
  delete process.env.TF_VAR_secret_header_value;
});

test(`of ${FORGED} forged requests each is 403 and none is queued; the genuine ones among them all are`, async () => {
  const random = seededRandom(1);
  const requests: LoadRequest[] = [];
  const genuine: string[] = [];
  for (let made = 0; made < FORGED; made += 1) {
    requests.push(forgedRequest(NAME, SECRET, random));
    if (made % GENUINE_AMONG === 0) {
      const body = `genuine ${made}`;
      genuine.push(body);
      requests.push({ headers: [random(2) === 0 ? NAME : NAME.toLowerCase(), SECRET], body });
    }
  }
  const started = performance.now();
  const answers = await sendAll(local.served("no-auth-stack").url, requests);
  const seconds = (performance.now() - started) / 1000;
  const isGenuine = ({ body }: LoadRequest) => String(body).startsWith("genuine");
  const wrong = requests.filter(
    (request, index) => answers[index]?.status !== (isGenuine(request) ? 200 : 403),
  );
  expect(wrong).toEqual([]);
  const queued = (await local.receiveAll()).map(({ Body = "" }) => Body);
  expect(queued.sort()).toEqual(genuine.sort());
  console.info(`${FORGED} forged requests in ${seconds.toFixed(1)} s, ${genuine.length} genuine ones queued`);
}, 3_600_000);
