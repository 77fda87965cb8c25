// The program.
#include <iostream>

#include "app/commands/terminal.h"

int main(int argc, char** argv) { return polder::app::run(argc, argv, std::cout, std::cerr); }
