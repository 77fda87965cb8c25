// The public register of algorithms that touch people: what each is for, how it works, in which version and with which
// parameters, what people decide, and where to go against it. Nothing runs that does not stand in it.
//
// The fields are those of the Dutch publication standard for algorithms, version 1.0 (Algoritmeregister), as far as the
// program can know them; what a platform's charter says of its operator and oversight completes them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/base/result.h"

namespace polder::governance {

struct Algorithm {
  std::string name;     ///< "ranking"
  std::string version;  ///< another one whenever any input could be answered differently
  std::string process;  ///< shown on the platforms whose charter runs it
  /// Its texts in the catalogues are this and "-title", "-goal", "-working", "-data", "-parameters", "-people",
  /// "-appeal".
  std::string words;
  std::string code;  ///< the folder or file of its source
  /// What is the same each time it runs: named in the text "-parameters". What differs is said there, and stands where
  /// it is decided.
  std::vector<std::pair<std::string, MessageArg>> parameters = {};
};

class Algorithms {
 public:
  /// Throws std::logic_error when one of this name is there.
  void add(Algorithm algorithm);
  /// In the order of their names.
  const std::vector<Algorithm>& all() const { return all_; }
  /// The entry under which this version runs. Throws std::logic_error when there is none, so that it does not run.
  const Algorithm& running(std::string_view name, std::string_view version) const;

 private:
  std::vector<Algorithm> all_;
};

}  // namespace polder::governance
