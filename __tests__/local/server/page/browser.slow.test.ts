import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Browser, type Locator, type Page, chromium } from "playwright-core";
import { type EmulatedQueue, startSqsEmulator } from "../../../../local/sqs/sqs-emulator";
import { Shop, TOKEN } from "../../../support/shop";
import { writeWebhookStack } from "../../../support/webhook-stack";

jest.setTimeout(60_000);

const executablePath = ["/usr/bin", ...(process.env.PATH ?? "").split(path.delimiter)]
  .flatMap((folder) =>
    ["chromium", "chromium-browser", "google-chrome"].map((name) => path.join(folder, name)),
  )
  .find((file) => existsSync(file));

if (executablePath === undefined) {
  test.skip("the page in a real browser: there is no Chromium on this machine (Debian: apt-get install chromium)", () =>
    undefined);
} else {
  describe("the page in a real browser", () => {
    let shop: Shop;
    let browser: Browser;
    let page: Page;
    let problems: string[];

    beforeAll(async () => {
      shop = await Shop.start();
      browser = await chromium.launch({
        executablePath,
        args: [
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
        ],
      });
    });

    beforeEach(async () => {
      for (const queue of ["orders", "orders-failed"]) await shop.sqs("PurgeQueue", queue);
      problems = [];
      page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("request", (request) => {
        if (!request.url().startsWith(shop.origin)) problems.push(`asked ${request.url()}`);
      });
      await page.goto(`${shop.origin}/`);
      await page.getByText("Live", { exact: true }).waitFor();
    });

    afterEach(async () => {
      await page.close();
      expect(problems).toEqual([]);
    });

    afterAll(async () => {
      await browser.close();
      await shop.close();
    });

    const queueCard = (name: string) => page.getByRole("article", { name: `Queue ${name}`, exact: true });
    const requestRow = (text: string) =>
      page.locator("#request-rows tr.row").filter({ hasText: text }).first();

    test("a message sent from it arrives in the requests and in the queue, its markup shown as text", async () => {
      const body = `{"hello": "<img src=x onerror='document.title=1'>"}`;
      await page.getByRole("combobox", { name: "Endpoint" }).selectOption({ label: "POST /shop/v1/guarded" });
      expect(await page.getByLabel("Token, sent as X-Shop-Token").inputValue()).toBe(TOKEN);
      await page.getByRole("textbox", { name: "Body" }).fill(body);
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByText("Answered 200").waitFor();
      const answer = await page.getByRole("region", { name: "Answer", exact: true }).textContent();
      expect(answer).toMatch(/"MessageId":"[\da-f-]{36}"/);

      const row = requestRow("/shop/v1/guarded");
      await row.getByText("200").waitFor();
      await row.getByRole("button").press("Enter");
      const steps = page.locator(".steps");
      await steps.getByText("token: allowed, by a call of its function.").waitFor();
      const text = (await steps.textContent()) ?? "";
      expect(text).toContain("MessageBody=%7B%22hello%22");
      expect(text).not.toContain(TOKEN);

      const card = queueCard("orders");
      await card.locator(".visible dd", { hasText: "1" }).waitFor();
      await card.getByRole("button", { name: "Messages" }).press("Enter");
      await card.locator("tr.row").getByRole("button").press("Enter");
      expect(await card.getByRole("region", { name: "Body" }).textContent()).toBe(body);
      expect(await card.getByRole("table", { name: "Message attributes" }).textContent()).toContain("shop");
      expect(await page.title()).toBe("Queue Leveling: local gateway");
    });

    test("a failed message is redriven, and all are purged, each after a question", async () => {
      await shop.post("open", '{"failed": 1}');
      for (let receives = 0; receives < 2; receives++) {
        await shop.sqs("ReceiveMessage", "orders", { VisibilityTimeout: 0 });
      }
      const failed = queueCard("orders-failed");
      await failed.locator(".visible dd", { hasText: "1" }).waitFor();

      await failed.getByRole("button", { name: "Redrive" }).click();
      await page.keyboard.press("Escape");
      expect(await failed.locator(".visible dd").textContent()).toBe("1");
      await failed.getByRole("button", { name: "Redrive" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Redrive" }).click();
      await failed.getByText("Moved 1 to orders.").waitFor();

      const orders = queueCard("orders");
      await orders.locator(".visible dd", { hasText: "1" }).waitFor();
      await orders.getByRole("button", { name: "Purge" }).click();
      const dialog = page.getByRole("dialog");
      expect(await dialog.textContent()).toContain("about 1 now");
      await dialog.getByRole("button", { name: "Purge" }).click();
      await orders.locator(".visible dd", { hasText: "0" }).waitFor();
    });

    test("the filter finds requests by text and by status", async () => {
      await shop.post("open", '{"find": "needle"}');
      await shop.post("guarded", "{}");
      await requestRow("/shop/v1/guarded").getByText("401").waitFor();
      await page.getByRole("searchbox", { name: "Filter" }).fill("needle");
      expect(await page.locator("#request-rows tr.row").count()).toBe(1);
      await page.getByRole("searchbox", { name: "Filter" }).fill("");
      await page.getByRole("combobox", { name: "Status" }).selectOption("4xx");
      expect(await page.locator("#request-rows tr.row").filter({ hasText: "/open" }).count()).toBe(0);
      expect(await requestRow("/shop/v1/guarded").textContent()).toContain("UNAUTHORIZED");
    });

    test("the newest of many messages is seen first, and the older ones on demand", async () => {
      for (let number = 1; number <= 60; number++) {
        await shop.sqs("SendMessage", "orders", { MessageBody: `message ${number}` });
      }
      const card = queueCard("orders");
      await card.locator(".visible dd", { hasText: "60" }).waitFor();
      await card.getByRole("button", { name: "Messages in orders" }).click();
      await card.getByText("The newest 50.").waitFor();
      expect(await card.locator("tr.row").first().textContent()).toContain("message 60");
      await card.getByRole("button", { name: "Show more messages in orders" }).click();
      await card.getByRole("button", { name: /^message 1, / }).waitFor();
      expect(await card.locator("tr.row").count()).toBe(60);
    });

    test("no two buttons have one name", async () => {
      for (const body of ["{}", "{}"]) await shop.post("open", body);
      for (const queue of ["orders", "orders-failed"]) {
        await queueCard(queue).getByRole("button", { name: "Messages" }).click();
      }
      await queueCard("orders").locator("tr.row").nth(1).waitFor();
      const snapshot = await page.locator("body").ariaSnapshot();
      const names = [...snapshot.matchAll(/- button "(.*)"/g)].map(([, name]) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
      expect(names.length).toBeGreaterThan(15);
    });

    test("a sender's signed sample is chosen, its secret changed, and sent, by keyboard", async () => {
      const stack = writeWebhookStack(["github", "meta", "slack"]);
      const other = await Shop.start({ stacks: [stack.folder] });
      await page.goto(`${other.origin}/`);
      await page.getByText("from GitHub").waitFor();
      const field = (name: string) => page.getByRole("textbox", { name });
      const samples = page.getByRole("combobox", { name: "Sample of a sender" });
      await samples.focus();
      await page.keyboard.type("GitHub");
      await page.keyboard.press("Enter");
      await page.getByText("The form has the sample").waitFor({ state: "attached" });
      const secret = await field("Secret").inputValue();
      expect(secret).toMatch(/^[\da-f]{48}$/);
      expect(await field("Path").inputValue()).toBe("/hooks/v1/github");

      await field("Secret").fill("mine");
      await field("Body").fill('{"zen": 1}');
      await page.getByRole("button", { name: "Sign again" }).press("Enter");
      const signature = createHmac("sha256", "mine").update('{"zen": 1}').digest("hex");
      await waitForValue(field("More headers"), `X-Hub-Signature-256: sha256=${signature}`);
      await page.getByRole("button", { name: "Send", exact: true }).press("Enter");
      await page.getByText("Answered 200").waitFor();
      const [message] = await other.gateway.messages("hooks");
      expect(message?.body).toBe('{"zen": 1}');
      expect(JSON.stringify(message?.attributes)).toContain(signature);

      await samples.selectOption({
        label: "Meta: Facebook, Instagram, WhatsApp. Handshake, GET with hub.challenge",
      });
      await waitForValue(field("Path"), "hub.challenge");
      expect(await page.getByRole("combobox", { name: "Endpoint" }).inputValue()).not.toBe("0");
      expect(await page.getByRole("button", { name: "Sign again" }).count()).toBe(0);
      await page.getByRole("button", { name: "Send", exact: true }).click();
      const { searchParams } = new URL(await field("Path").inputValue(), other.origin);
      const challenge = searchParams.get("hub.challenge") ?? "";
      await page.getByRole("region", { name: "Answer", exact: true }).getByText(challenge).waitFor();

      await page.getByRole("button", { name: "Use in form: POST /hooks/v1/slack" }).click();
      expect(await field("Body").inputValue()).toBe('{"status": "ok"}');
      expect(await field("Secret").count()).toBe(0);
      const snapshot = await page.locator("body").ariaSnapshot();
      expect(snapshot).not.toMatch(/- (button|textbox|combobox|searchbox|img|region|table)(:| *$)/m);
      problems = [];
      await other.close();
      stack.remove();
    });

    test("a dead SQS and a missing queue are told, and that they are back", async () => {
      const queues: EmulatedQueue[] = [
        { name: "orders", attributes: {} },
        { name: "orders-failed", attributes: {} },
        { name: "orders.fifo", attributes: { FifoQueue: "true" } },
      ];
      const sqs = await startSqsEmulator({ queues });
      const other = await Shop.start({ sqsEndpoint: sqs.endpoint });
      await page.goto(`${other.origin}/`);
      problems = [];
      await page.getByText("Live", { exact: true }).waitFor();
      await other.post("open", "{}");
      await sqs.stop();
      await page.getByText("SQS gives no answer", { exact: true }).waitFor();
      await queueCard("orders").getByText("No answer from SQS").waitFor();

      const port = Number(new URL(sqs.endpoint).port);
      const again = await startSqsEmulator({ port, queues: queues.slice(1) });
      await page.getByText("No answer about orders", { exact: true }).waitFor();
      await queueCard("orders").getByText("SQS has no queue orders.").waitFor();
      await other.post("open", "{}");
      await requestRow("/shop/v1/open").getByText("SQS has no queue orders").waitFor();

      await again.createQueue("orders", {});
      await page.getByText("Live", { exact: true }).waitFor();
      await queueCard("orders").getByText("SQS has no queue").waitFor({ state: "detached" });
      problems = [];
      await other.close();
      await again.stop();
    });

    test.each([360, 640, 768, 900, 1024, 1150, 1280])(
      "at %d px nothing is wider than the window, and every control has a name",
      async (width) => {
        await shop.post("open", JSON.stringify({ long: "x".repeat(3000) }));
        await page.setViewportSize({ width, height: 800 });
        await requestRow("/shop/v1/open").getByRole("button").click();
        await queueCard("orders").getByRole("button", { name: "Messages" }).click();
        await queueCard("orders").locator("tr.row").getByRole("button").first().click();
        const wider = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        expect(wider).toBeLessThanOrEqual(0);
        const panel = page.locator("#requests");
        expect(await panel.evaluate(overflow)).toBeLessThanOrEqual(0);
        const toggle = requestRow("/shop/v1/open").getByRole("button");
        expect(await toggle.evaluate(overflow)).toBeLessThanOrEqual(0);
        expect((await toggle.boundingBox())?.width).toBeGreaterThan(width < 640 ? 100 : 180);
        const snapshot = await page.locator("body").ariaSnapshot();
        expect(snapshot).not.toMatch(/- (button|textbox|combobox|searchbox|img|region|table)(:| *$)/m);
      },
    );
  });
}

/** Waits as long as the test may last. */
async function waitForValue(field: Locator, part: string): Promise<void> {
  while (!(await field.inputValue()).includes(part)) await setTimeout(20);
}

/** The DOM's, which tests are compiled without. */
interface Widths {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

/** By how much an element's content is wider than the element. */
function overflow({ scrollWidth, clientWidth }: Widths): number {
  return scrollWidth - clientWidth;
}
