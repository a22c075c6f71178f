extension Slapd: DirectoryServer {
    /// One of OpenLDAP's tools, over the socket as the root DN.
    package func tool(
        _ name: String, _ arguments: [String], input: String = ""
    ) throws -> FinishedProcess {
        try ChildProcess.run(
            "/usr/bin/\(name)", ["-Q", "-Y", "EXTERNAL", "-H", socketURL] + arguments,
            input: Array(input.utf8))
    }
}
