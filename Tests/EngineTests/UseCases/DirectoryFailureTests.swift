import Fixtures
import Glibc
import Ground
import Identity
import Testing

/// Every kind of call that asks a directory, with a directory that fails at each of its requests.
///
/// A failing directory is 69 where nothing was done and 75 where the rest is pending, and is never
/// taken for a defect of ours (70).
@Suite struct DirectoryFailureTests {
    private typealias Fault = RefusingProxy.Fault
    private static let busy = Fault.code(51)
    private static let denied = Fault.code(50)
    private static let faults = [busy, .code(52), denied, .loss]

    /// A store in which there is something to do for each of the calls.
    private struct Prepared {
        let lab: DecideLab
        let proxy: RefusingProxy
        let plan: String
        let request: String

        /// Ben and Finn are locked, Cleo and Dora inactive, Dora waits for an approval, and a limit
        /// withholds the locks of Ada and Emil.
        init() throws {
            lab = try DecideLab("limits: {locks: 1}")
            lab.top = "defaultRoles: [staff]\napproval: {reactivate: true}"
            try lab.configure()
            let driven = lab.lab
            try lab.sync()
            for name in ["ben", "finn"] { try driven.lock(name) }
            for name in ["cleo", "dora"] {
                try driven.succeed("deactivate", name, "--reason", "holiday", "--yes")
            }
            let asked = try driven.start(
                ["--json", "reactivate", "dora", "--reason", "back", "--yes"], as: "daemon"
            ).wait()
            request = String(
                try #require(JSONValue(parsing: asked.stdout)?["process"]?.int, "\(asked.stderr)"))
            for name in ["ada", "emil"] { try lab.type(name, "left") }
            plan = try #require(try lab.sync(exit: 11).plan)
            proxy = try RefusingProxy(to: driven.server.port)
            driven.configuration.more = driven.configuration.more.replacing(
                "operation: 10s", with: "operation: 1s")
            try driven.folder.write(
                driven.configuration.text(url: proxy.url), to: "lockstep.yaml")
            try driven.folder.write("gwen\nstranger\n", to: "list")
        }

        func run(_ arguments: [String]) throws -> FinishedProcess {
            // Through sudo a list is read as the caller, who may not look into the lab's folder.
            let login = arguments.contains("--from") ? nil : "bin"
            return try lab.lab.start(arguments, as: login).wait()
        }

        /// The words of a call, with what only this store knows in its place.
        func words(_ call: String) -> [String] {
            call.split(separator: " ").map {
                switch $0 {
                case "PLAN": plan
                case "ID": request
                case "LIST": lab.lab.folder.file("list")
                default: String($0)
                }
            }
        }
    }

    @Test(arguments: [
        "lock gwen --reason misuse --dry-run",
        "lock stranger --reason misuse --dry-run",
        "deactivate gwen --reason holiday --dry-run",
        "unlock ben --reason cleared --dry-run",
        "unlock ben --reason cleared --restore-roles --dry-run",
        "--json lock --from LIST --reason misuse --max 5 --dry-run",
        "reactivate cleo --reason back --dry-run",
        "approve ID --dry-run",
        "sync --release PLAN --dry-run",
        "sync --dry-run",
        "sync --full --dry-run",
        "check",
    ])
    func `wherever a directory fails, a call ends as with a directory that is down`(
        _ call: String
    ) throws {
        let prepared = try Prepared()
        let arguments = prepared.words(call)
        prepared.proxy.pass(.search)
        let whole = try prepared.run(arguments).exitCode
        let count = prepared.proxy.count
        try #require(count > 1)
        var codes: Set<Int32> = []
        for fault in Self.faults {
            // Each request fails once; the other faults are met at some of them.
            let step = fault == Self.busy ? 1 : max(1, count / 4)
            for passing in stride(from: 0, to: count, by: step) {
                prepared.proxy.fail(.search, after: passing, by: fault)
                let end = try prepared.run(arguments)
                let place = "\(fault) after \(passing): \(end.stderr)"
                #expect([whole, 0, 69, 75].contains(end.exitCode), "\(place)")
                if arguments.contains("--from") {
                    // One line's trouble ends no list.
                    #expect(JSONValue(parsing: end.stdout)?.array?.count == 2, "\(place)")
                }
                codes.insert(end.exitCode)
            }
        }
        prepared.proxy.fail(.search, after: count / 2, by: .silence)
        #expect([whole, 0, 69, 75].contains(try prepared.run(arguments).exitCode))
        #expect(!codes.contains(70))
    }

    @Test(arguments: [busy, .code(52), denied, .loss, .silence])
    fileprivate func `what a directory does not do is pending, and a retry does it`(
        _ fault: RefusingProxy.Fault
    ) throws {
        let prepared = try Prepared()
        let proxy = prepared.proxy
        for passing in [0, 1] {
            let name = ["gwen", "hugo"][passing]
            proxy.fail(.modify, after: passing, by: fault)
            let lock = try prepared.run(["lock", name, "--reason", "misuse", "--yes"])
            #expect(lock.exitCode == 75, "\(lock.stderr)")
            let retry = try prepared.run(["retry"])
            #expect(retry.exitCode == 75, "\(retry.stderr)")
        }
        for passing in [0, 1, 2, 4] {
            proxy.fail(.search, after: passing, by: fault)
            let retry = try prepared.run(["retry"])
            #expect(retry.exitCode == 75, "after \(passing): \(retry.stderr)")
        }
        proxy.fail(.modify, after: 0, by: fault)
        let approval = try prepared.run(["approve", prepared.request, "--yes"])
        #expect(approval.exitCode == 75, "\(approval.stderr)")
        proxy.pass(.modify)
        #expect(try prepared.run(["retry"]).exitCode == 0)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a sync that is stopped while a server is silent says so`(_ signal: Int32) throws {
        let lab = try LockLab()
        let proxy = try RefusingProxy(to: lab.server.port)
        lab.configuration.more = "timeout: {connect: 2s, operation: 2s}"
        try lab.folder.write(lab.configuration.text(url: proxy.url), to: "lockstep.yaml")
        proxy.fail(.search, after: 0, by: .silence)
        let sync = try lab.start(["sync"])
        while proxy.count == 0 { try #require(sync.isRunning) }
        sync.signal(signal)
        let end = try sync.wait()
        #expect(end.exitCode == 75)
        #expect(end.stdout == "hq: stopped by a signal before anything was read\n")
        #expect(
            end.stderr.contains(
                "hq: a signal ended the read: the next run reads everything again"))
    }

    @Test(arguments: [busy, .code(52), denied, .loss])
    fileprivate func
        `a release that can't look at the directory changes nothing, and may be tried again`(
            _ fault: RefusingProxy.Fault
        ) throws
    {
        let prepared = try Prepared()
        // What a server says of itself is read with the bind.
        prepared.proxy.fail(.search, after: 2, by: fault)
        let end = try prepared.run(["sync", "--release", prepared.plan])
        #expect(end.exitCode == 69, "\(end.stderr)")
        #expect(try prepared.lab.state("ada") == "active")
        prepared.proxy.pass(.search)
        let again = try prepared.run(["sync", "--release", prepared.plan])
        #expect(again.exitCode == 0, "\(again.stderr)")
        #expect(try prepared.lab.state("ada") == "locked")
    }
}
