import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { synthesizedDashboard } from "../../reference/dashboard-body";
import { dashboardSvg } from "../../reference/dashboard-svg";
import { monitoringPage } from "../../reference/monitoring-page";

test.each(monitoringPage())("%s is as npm run docs writes it", (file, text) => {
  expect(readFileSync(resolve(__dirname, "..", "..", file), "utf8")).toBe(text);
});

test("the picture shows what the JSON says: other settings draw another one", () => {
  const drawn = (alarms: object) => dashboardSvg(synthesizedDashboard({ dashboard: true, alarms }));
  const few = { server_errors: false, client_error_percent: false, backlog: 77_777 };
  const svg = drawn(few);
  expect(svg).toContain("Alarm: 77777");
  expect(svg).not.toContain("auth-stack-orders-server-errors");
  expect(drawn({})).toContain("auth-stack-orders-server-errors");
});

test("without alarms it has no row of them, and no thresholds", () => {
  const svg = dashboardSvg(synthesizedDashboard({ dashboard: true }));
  expect(svg).not.toContain("Alarm");
  expect(svg).toContain("Dead letters");
});
