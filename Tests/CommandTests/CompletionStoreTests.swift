import Fixtures
import Foundation
import Testing

@testable import lockstep

/// The completions in the real shells, with the built program, a real store and a real configuration.
struct CompletionStoreTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1001")
            .succeeded(at: "credential add")
    }

    private static let lines = [
        (["lock", "ad"], "ada"), (["show", "hq:be"], "hq:ben"),
        (["lock", "ada", "--reason", "mis"], "misuse"),
        (["credential", "lock", "C-1"], "C-1001"),
        (["sync", "--directory", "h"], "hq"),
    ]

    private func script(_ shell: Shell) throws -> String {
        try lab.folder.write(shell.completions(.built), to: "completions")
    }

    private var environment: [String: String] {
        get throws {
            let folder = URL(filePath: try Products.lockstep()).deletingLastPathComponent().path
            return [
                "PATH": "\(folder):/usr/bin:/bin", "LOCKSTEP_CONFIG": lab.configuration,
                "HOME": lab.folder.path, "TERM": "xterm", "LC_ALL": "C.UTF-8",
            ]
        }
    }

    @Test(arguments: lines)
    func `bash knows users, reasons, serials and directories`(
        words: [String], offered: String
    ) throws {
        // Readline breaks words at a colon, and completes what is behind it.
        let typed = words.flatMap { word in
            let parts = word.split(separator: ":").map(String.init)
            return parts.count == 2 ? [parts[0], ":", parts[1]] : parts
        }
        let test = """
            source "$1"; shift
            COMP_WORDS=(lockstep "$@"); COMP_CWORD=$#
            _lockstep
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let finished = try ChildProcess.run(
            "bash", ["-c", test, "bash", script(.bash)] + typed, environment: environment)
        #expect(finished.stderr == "")
        let last = offered.split(separator: ":").last.map(String.init)
        #expect(finished.stdout.split(separator: "\n").first.map(String.init) == last)
    }

    @Test(arguments: lines)
    func `fish knows them`(words: [String], offered: String) throws {
        let finished = try ChildProcess.run(
            "fish",
            [
                "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script(.fish),
                (["lockstep"] + words).joined(separator: " "),
            ], environment: environment)
        #expect(finished.stderr == "")
        let found = finished.stdout.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
        #expect(found.first.map(String.init) == offered)
    }

    @Test(arguments: lines)
    func `zsh knows them`(words: [String], offered: String) throws {
        let line = (["lockstep"] + words).joined(separator: " ")
        let test = #"""
            zmodload zsh/zpty
            zpty inner zsh -f -i
            zpty -w inner "autoload -Uz compinit; compinit -u -D; source $1
            keep() { print -r -- \"\$BUFFER|\" > $3; }; zle -N keep; bindkey '^X' keep
            print rea''dy"
            zpty -r inner seen '*ready*'
            zpty -w -n inner "$2"$'\t\x18'
            for i in {1..300}; do [[ -s $3 ]] && break; sleep 0.1; done
            zpty -d inner
            """#
        let result = lab.folder.file("line")
        _ = try ChildProcess.run(
            "zsh", ["-f", "-c", test, "zsh", script(.zsh), line, result], environment: environment)
        let completed = (words.dropLast() + [offered]).joined(separator: " ")
        #expect(
            try String(contentsOfFile: result, encoding: .utf8) == "lockstep \(completed) |\n")
    }
}
