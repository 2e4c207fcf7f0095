import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly resolved?: string; readonly integrity?: string }>>;
}

const repo = new URL("../../../../", import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, repo), "utf8"));

describe("npm packages", () => {
  it("are none at all for who installs scrubjay", () => {
    assert.deepEqual((json("www/package.json") as Manifest).dependencies ?? {}, {});
  });

  for (const folder of ["www", "www/developers", "tests/browser"]) {
    it(`of ${folder} are pinned: one version each, from a registry, with a hash`, () => {
      const manifest = json(`${folder}/package.json`) as Manifest;
      const { packages } = json(`${folder}/package-lock.json`) as Lock;
      const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
      assert.ok(wanted.length > 0);
      for (const [name, version] of wanted) {
        assert.match(version, /^\d+\.\d+\.\d+$/, name);
        assert.equal(packages[`node_modules/${name}`]?.version, version, name);
      }
      for (const [path, { resolved, integrity }] of Object.entries(packages)) {
        if (path === "") continue;
        // Left out, it is whichever registry npm is set up for; the hash says what comes from there.
        assert.match(resolved ?? "https://registry.npmjs.org/", /^https:\/\/registry\.npmjs\.org\//, path);
        assert.match(integrity ?? "", /^sha512-/, path);
      }
    });
  }
});
