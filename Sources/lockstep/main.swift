internal import Engine
internal import Glibc
internal import LDAP

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == ProgramChild.marker { ProgramChild.become(arguments) }

// A reader that goes away ends the output, never the work.
signal(SIGPIPE, SIG_IGN)
StandardDescriptors.fill()
CoreDump.forbid()
exit(Program.run(arguments, .process).rawValue)
