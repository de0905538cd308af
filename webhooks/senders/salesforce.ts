import type { Sender } from "../sender";

export const SALESFORCE: Sender = {
  title: "Salesforce, outbound messages",
  documentation:
    "https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm",
  contentTypes: ["text/xml"],
  forwardHeaders: ["SOAPAction"],
  answer: {
    body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
    contentType: "text/xml",
  },
  signatures: [],
  instead:
    "Compare `OrganizationId` with yours, and let only Salesforce's addresses in (`allowed_ip_addresses`), or its client certificate.",
  timeLimitSeconds: 60,
  credentials: [],
  sample:
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00Dx0000000BV7z</OrganizationId><Notification><Id>04lx0000000CaKGAA0</Id></Notification></notifications></soapenv:Body></soapenv:Envelope>',
  notes: [
    "A message has up to 100 notifications, each with its `Id`, which stays when Salesforce sends it again, for 24 hours.",
    "Without the acknowledgement in the answer, Salesforce sends again what the queue has.",
  ],
};
