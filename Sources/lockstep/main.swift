internal import Glibc
internal import LDAP

// A reader that goes away ends the output, never the work.
signal(SIGPIPE, SIG_IGN)
StandardDescriptors.fill()
CoreDump.forbid()
exit(Program.run(Array(CommandLine.arguments.dropFirst()), .process).rawValue)
