import { testMistakes } from "./expect-errors";

testMistakes([
  [
    "the same key twice",
    "hosts: {}\nalerts: {}\nhosts: {}",
    3,
    /the key `hosts` stands twice in one map, on line 1 and on line 3/,
  ],
  ["an alias without anchor", "hosts: {}\nservices: *all", 2, /no anchor `&all` stands before this alias/],
  ["an alias within its own anchor", "services: &all [*all]", 1, /no anchor `&all`/],
  ["a merge of a word", "hosts: { <<: x }", 1, /`<<` takes a map/],
  ["an open bracket", "hosts: {}\nservices: [{ host: here }", 2, /not valid YAML: /],
  ["a tab", "hosts:\n\there: {}", 2, /not valid YAML: Tabs are not allowed/],
  ["a text with a colon", "alerts:\n  error: a: b", 2, /not valid YAML: a second `: ` in one line/],
  ["a key that is a list", "[a]: 1", 1, /not valid YAML: a key must be a plain text/],
  ["a tag", "alerts: !Ref x", 1, /not valid YAML: .*!Ref; tags .* are not used/],
  ["two documents", "hosts: {}\n---\nhosts: {}", 2, /a second YAML document begins here/],
]);
