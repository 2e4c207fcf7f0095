import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";

interface Case {
  readonly why: string;
  readonly policy: unknown;
}

// The unit tests are compiled into dist/test/test.
const repo = new URL("../../../../", import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, repo), "utf8"));
const schema = json("src/redact/policy.schema.json") as { properties: { types: { properties: object } } };
const cases = json("tests/fixtures/policies.json") as { good: readonly Case[]; bad: readonly Case[] };

describe("the schema of policies", () => {
  // Types stand under `properties`, their double spellings under `not`: right, but not to strict mode's liking.
  const judge = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

  it("takes what scrubjay takes", () => {
    assert.ok(cases.good.length > 10);
    for (const { why, policy } of cases.good) assert.equal(judge(policy), true, `${why}: ${JSON.stringify(judge.errors)}`);
  });

  it("refuses what scrubjay refuses", () => {
    assert.ok(cases.bad.length > 50);
    for (const { why, policy } of cases.bad) assert.equal(judge(policy), false, why);
  });

  it("knows the types of the package and their other spellings", () => {
    const source = readFileSync(new URL("www/src/types.ts", repo), "utf8");
    const union = /export type EntityType =([^;]*);/.exec(source)?.[1] ?? "";
    const types = Array.from(union.matchAll(/"([^"]*)"/g), ([, type]) => type);
    assert.equal(types.length, 28);
    const others = ["IPADDRESS", "LOCATION", "LOCATIONOTHER", "LOCATION_OTHER"];
    assert.deepEqual(Object.keys(schema.properties.types.properties).sort(), [...types, ...others].sort());
  });
});
