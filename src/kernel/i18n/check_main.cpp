// polder_messages_check SRC: a step of the build (check.h says what it holds).
#include <iostream>

#include "kernel/i18n/check.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: polder_messages_check SRC\n";
    return 2;
  }
  const auto faults = polder::i18n::check_messages(argv[1]);
  for (const auto& fault : faults) std::cerr << fault << '\n';
  return faults.empty() ? 0 : 1;
}
