internal import Engine
internal import Glibc
internal import LDAP

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == ProgramChild.marker { ProgramChild.become(arguments) }

// A reader that goes away ends the output, never the work.
signal(SIGPIPE, SIG_IGN)
// Whoever started this program may have had it ignore SIGCHLD: then the end of a program that is called
// could not be seen.
signal(SIGCHLD, SIG_DFL)
StandardDescriptors.fill()
CoreDump.forbid()
exit(Program.run(CommandLine.arguments.isEmpty ? nil : arguments, .process).rawValue)
