import Foundation
import Testing

@testable import lockstep

/// The completions in the real shells, with a lockstep that knows some users.
struct CommandLineCompletionTests {
    private let folder: CommandLineFolder

    init() throws {
        folder = try CommandLineFolder()
        let values = """
            #!/bin/sh
            echo "$*" >> "\(folder.url.path)/calls"
            case "$*" in
            *'__complete users'*) printf 'ada\\tAda Lovelace\\nhq:ada\\n$(id)\\nbo smith\\n' ;;
            *'__complete reasons'*) printf 'left-organization\\tThe user quits\\nlost\\n' ;;
            esac

            """
        _ = try folder.write(values, to: "lockstep", mode: 0o700)
    }

    private var calls: String {
        let file = folder.url.appending(path: "calls")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }

    private func script(_ shell: Shell) throws -> String {
        try folder.write(shell.completions(.built), to: "completions").path
    }

    @Test(arguments: [
        (["cred"], ["credentials", "credential"]),
        (["credential", ""], ["add", "import", "lock"]),
        (["reasons", ""], ["show"]),
        (["lock", ""], ["ada", "hq:ada", "\\$\\(id\\)", "bo\\ smith"]),
        (["lock", "hq", ":", "a"], ["ada"]),
        (["lock", "ada", "--rea"], ["--reason"]),
        (["lock", "ada", "--reason", "l"], ["left-organization", "lost"]),
        (["lock", "ada", "--reason", "=", "le"], ["left-organization"]),
        (["find", "x", "--state", ""], ["active", "inactive", "locked"]),
        (["find", "x", "--state", "=", "l"], ["locked"]),
        (["-q", "completions", ""], ["bash", "zsh", "fish"]),
        (["help", "au"], ["authorities", "audit"]),
        (["check", ""], []),
        (["report", "--si"], ["--since"]), (["report", "--since", ""], []),
        (["report", "--since", "30d", "--u"], ["--until"]),
        (["report", "--since", "30d", "--ht"], ["--html"]),
        (["report", "--since", "30d", "--html", "calls"], []),
        (["status", "--ch"], ["--check"]), (["status", "--check", "--ht"], ["--html"]),
    ])
    func `bash offers what may follow`(words: [String], offered: [String]) throws {
        let bash = try CommandLineChild.program("bash", package: "bash")
        let test = """
            source "$1"; shift
            COMP_WORDS=(lockstep "$@"); COMP_CWORD=$#
            _lockstep
            ((${#COMPREPLY[@]})) && printf '%s\\n' "${COMPREPLY[@]}"
            exit 0
            """
        let child = try CommandLineChild(
            bash, ["-c", test, "bash", script(.bash)] + words, path: folder.url.path)
        #expect(child.errors.isEmpty)
        #expect(child.output.split(separator: "\n").map(String.init) == offered)
    }

    @Test func `bash asks with the configuration of the line`() throws {
        let bash = try CommandLineChild.program("bash", package: "bash")
        let test = """
            source "$1"; COMP_WORDS=(lockstep -c f lock --reason ""); COMP_CWORD=5; _lockstep
            """
        _ = try CommandLineChild(
            bash, ["-c", test, "bash", script(.bash)], path: folder.url.path)
        #expect(calls == "--config f __complete reasons -- \n")
    }

    @Test(arguments: [
        ("lockstep cred", ["credential", "credentials"]),
        ("lockstep credential ", ["add", "import", "lock"]),
        ("lockstep lock a", ["ada"]),
        ("lockstep lock ada --rea", ["--reason"]),
        ("lockstep lock ada --reason l", ["left-organization", "lost"]),
        ("lockstep lock ada --reason=le", ["--reason=left-organization"]),
        ("lockstep -c f find x --state ", ["active", "inactive", "locked"]),
        ("lockstep check ", []),
        ("lockstep report --si", ["--since"]), ("lockstep report --since 30d --u", ["--until"]),
        ("lockstep report --since 30d --ht", ["--html"]), ("lockstep status --ch", ["--check"]),
    ])
    func `fish offers what may follow`(line: String, offered: [String]) throws {
        let fish = try CommandLineChild.program("fish", package: "fish")
        let test = "source $argv[1]; complete -C $argv[2]"
        let child = try CommandLineChild(
            fish, ["--no-config", "-c", test, script(.fish), line],
            environment: ["HOME": folder.url.path], path: folder.url.path)
        #expect(child.errors.isEmpty)
        let found = child.output.split(separator: "\n").map {
            String($0.prefix { $0 != "\t" })
        }
        #expect(found == offered)
    }

    @Test(arguments: [
        ("lockstep lock --rea", "lockstep lock --reason "),
        ("lockstep credential im", "lockstep credential import "),
        ("lockstep lock ad", "lockstep lock ada "),
        ("lockstep lock ada --reason=lef", "lockstep lock ada --reason=left-organization "),
        ("lockstep find x --state lo", "lockstep find x --state locked "),
        ("lockstep report --si", "lockstep report --since "),
        ("lockstep report --since 30d --un", "lockstep report --since 30d --until "),
        ("lockstep report --since 30d --ht", "lockstep report --since 30d --html "),
        ("lockstep status --ch", "lockstep status --check "),
    ])
    func `zsh completes what is begun`(line: String, completed: String) throws {
        let zsh = try CommandLineChild.program("zsh", package: "zsh")
        // The inner shell, on a terminal of its own, writes its line to a file when asked to.
        let test = #"""
            zmodload zsh/zpty
            zpty inner zsh -f -i
            zpty -w inner "autoload -Uz compinit; compinit -u -D; source $1
            keep() { print -r -- \"\$BUFFER|\" > $3; }; zle -N keep; bindkey '^X' keep
            print rea''dy"
            zpty -r inner seen '*ready*'
            zpty -w -n inner "$2"$'\t\x18'
            for i in {1..100}; do [[ -s $3 ]] && break; sleep 0.1; done
            zpty -d inner
            """#
        let result = folder.url.appending(path: "line")
        _ = try CommandLineChild(
            zsh, ["-f", "-c", test, "zsh", script(.zsh), line, result.path],
            environment: ["HOME": folder.url.path, "TERM": "xterm"], path: folder.url.path)
        #expect(try String(contentsOf: result, encoding: .utf8) == completed + "|\n")
    }
}
