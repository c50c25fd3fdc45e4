import { describe, expect, it } from "vitest";
import { fieldsOf, inputsOf, isFurther, missing, placeOf } from "./fields";

const order = {
  additionalProperties: false,
  $defs: { Harm: { enum: ["NONE", "MINOR", "SERIOUS"], type: "string" } },
  properties: {
    vio: { anyOf: [{ type: "boolean" }, { type: "null" }], default: null },
    harm: { $ref: "#/$defs/Harm" },
    area_m2: { anyOf: [{ type: "number", minimum: 0 }, { type: "null" }], default: null },
    officers: { items: { type: "string", maxLength: 40 }, minItems: 2, maxItems: 10, type: "array" },
    photos: { items: { type: "string", pattern: "^[0-9a-f]{64}$" }, minItems: 1, type: "array" },
    order_number: { type: "string", minLength: 1, maxLength: 60 },
    due_at: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }], default: null },
    education: { items: { enum: ["ED1", "ED2"], type: "string" }, type: "array" },
    granted: { type: "boolean", default: false },
    way: { enum: ["objection", "suit"], default: "objection", type: "string" },
  },
  required: ["harm", "officers", "photos", "order_number"],
};

describe("the inputs of a move", () => {
  const inputs = inputsOf(order);
  const kinds = Object.fromEntries(inputs.map((one) => [one.name, one.kind]));
  it("follow from the schema", () => {
    expect(kinds).toEqual({
      vio: "maybe",
      harm: "choice",
      area_m2: "number",
      officers: "certificates",
      photos: "photos",
      order_number: "text",
      due_at: "moment",
      education: "choices",
      granted: "flag",
      way: "choice",
    });
    expect(inputs.find((one) => one.name === "harm")?.values).toEqual(["NONE", "MINOR", "SERIOUS"]);
    expect(inputs.find((one) => one.name === "way")?.given).toBe("objection");
  });
  it("take longitude and latitude as one place", () => {
    const arrival = {
      properties: { lon: { type: "number" }, lat: { type: "number" } },
      required: ["lon", "lat"],
    };
    expect(inputsOf(arrival)).toEqual([{ name: "place", kind: "place", required: true, values: [] }]);
    expect(fieldsOf(inputsOf(arrival), { place: { lon: 119.9, lat: 31.7 } })).toEqual({
      lon: 119.9,
      lat: 31.7,
    });
  });
  it("put what few moves need behind more, but never what is required", () => {
    expect(inputs.filter(isFurther).map((one) => one.name)).toEqual(["vio", "area_m2"]);
  });
  it("of a move that asks nothing are none", () => expect(inputsOf({ type: "object" })).toEqual([]));
});

describe("what was filled in", () => {
  const inputs = inputsOf(order);
  it("names every required one that is empty, and too few of several", () => {
    expect(missing(inputs, { harm: "NONE", officers: ["JS-1", ""] })).toEqual([
      "officers",
      "photos",
      "order_number",
    ]);
    const whole = { harm: "NONE", officers: ["JS-1", "JS-2"], photos: ["ab"], order_number: "1" };
    expect(missing(inputs, whole)).toEqual([]);
  });
  it("goes out trimmed, without what nobody said; no and nought are said", () => {
    const filled = {
      vio: false,
      area_m2: 0,
      order_number: " 责改-1 ",
      due_at: "",
      officers: [" a", ""],
      harm: "NONE",
    };
    expect(fieldsOf(inputs, filled)).toEqual({
      vio: false,
      area_m2: 0,
      order_number: "责改-1",
      officers: ["a"],
      harm: "NONE",
    });
  });
});

describe("a pasted place", () => {
  it.each([
    ["119.97, 31.78", { lon: 119.97, lat: 31.78 }],
    ["31.78,119.97", { lon: 119.97, lat: 31.78 }],
    ["31.78", null],
    ["north", null],
    ["119.97 131.78", null],
  ])("%s", (text, place) => expect(placeOf(text)).toEqual(place));
});
