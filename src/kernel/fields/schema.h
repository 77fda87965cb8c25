// The same description as JSON Schema (draft 2020-12, as OpenAPI 3.1 uses it).
#pragma once

#include "kernel/fields/field.h"

namespace polder::fields {

json::object schema(const Field& f);

}  // namespace polder::fields
