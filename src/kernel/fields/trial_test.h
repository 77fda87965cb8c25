// An act with a field of every type, for the tests and the fuzz target of this room.
#pragma once

#include <boost/describe.hpp>

#include "kernel/fields/field.h"

namespace polder::fields::trial {

enum class Colour { red, deep_blue, new_ };
BOOST_DESCRIBE_ENUM(Colour, red, deep_blue, new_)

struct Point {
  Number<-5, 5> x;
  std::optional<Line<10>> note;
};
BOOST_DESCRIBE_STRUCT(Point, (), (x, note))

struct Everything {
  Line<10> line;
  Text<50> text;
  Email email;
  Password password;
  Slug slug;
  WebAddress address;
  Number<1, 100> number;
  Decimal<2, 1'000> decimal;
  bool flag = false;
  Date date;
  Time moment;
  WallTime wall_time;
  Id id;
  Colour colour{};
  List<Colour, 3> colours;
  File<1'000> file;
  std::optional<Line<10>> maybe;
  Point point;
  std::optional<Point> maybe_point;
  List<Point, 3> points;
  List<Line<20>, 4> lines;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (line, text, email, password, slug, address, number, decimal, flag, date, moment, wall_time, id,
                       colour, colours, file, maybe, point, maybe_point, points, lines))

inline json::object good() {
  return json::parse(R"({
    "line": "Water", "text": "One\ntwo", "email": "Ann@Example.org", "password": "correct horse", "slug": "ground-water",
    "address": "https://example.org/a?b=c", "number": 7, "decimal": "12,5", "flag": true, "date": "2026-02-28",
    "moment": "2026-11-22T18:04:05Z", "wall-time": "2026-12-01T17:30", "id": "0000000000abc", "colour": "deep-blue", "colours": ["red", "new"],
    "file": {"name": "law.xml", "base64": "PGxhdy8+"}, "point": {"x": -5}, "points": [{"x": 1, "note": "n"}], "lines": ["a", "b"]
  })")
      .as_object();
}

}  // namespace polder::fields::trial
