// node-opcua as the other side: the same orders and answers as peers/open62541.py.
//   node server.mjs '{"port": 4840, "tags": {"Temperature": 20.5}}'
import { createInterface } from "node:readline";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import opcua from "node-opcua";

const options = JSON.parse(process.argv[2]);
const { DataType, OPCUACertificateManager, OPCUAServer, Variant } = opcua;

const certificates = new OPCUACertificateManager({
  automaticallyAcceptUnknownCertificate: options.trustAll !== false,
  rootFolder: options.pki ?? mkdtempSync(join(tmpdir(), "node-opcua-")),
});
await certificates.initialize();
const server = new OPCUAServer({
  hostname: "127.0.0.1",
  port: options.port,
  serverCertificateManager: certificates,
  userManager: options.user
    ? { isValidUser: (name, password) => name === options.user[0] && password === options.user[1] }
    : undefined,
  allowAnonymous: !options.user,
  serverCapabilities: options.limit
    ? { operationLimits: { maxMonitoredItemsPerCall: options.limit, maxNodesPerRead: options.limit } }
    : undefined,
});
await server.initialize();
const space = server.engine.addressSpace;
const own = space.getOwnNamespace();
const nodes = new Map();
const add = (name, value) =>
  nodes.set(
    name,
    own.addVariable({
      organizedBy: space.rootFolder.objects,
      browseName: name,
      nodeId: `s=${name}`,
      dataType: "Double",
      value: new Variant({ dataType: DataType.Double, value }),
    }),
  );
const set = (name, value) =>
  nodes.get(name).setValueFromSource({ dataType: DataType.Double, value });
Object.entries(options.tags).forEach(([name, value]) => add(name, value));
await server.start();
console.log("ready");

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if ("set" in order) set(order.set, order.value);
  if ("add" in order) add(order.add, order.value);
  console.log("ok");
}
