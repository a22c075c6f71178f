import Configuration
import Engine
import Fixtures
import Glibc
import Ground
import Identity
import LDAP
import Store
import Testing

/// When one who follows runs a sync, by a time that passes in waits alone.
struct FollowerTests {
    private final class World {
        var time = 0.0
        var clock = Timestamp(seconds: 1_800_000_000)
        var runs: [Double] = []
        var told: [String] = []
        /// How the directory stands, each time that it stands otherwise.
        var standing: [String] = []
        /// When it was said to be ready.
        var readyAt: [Double] = []
        /// What happens in the waits in which no server tells anything, one after the other.
        var script: [() throws -> Void] = []
        var isOver = false

        func follow(
            _ settings: DirectorySettings, until end: Double = .infinity,
            run: @escaping () throws -> FollowedRun
        ) {
            var follower = Follower(
                [settings], longestWait: 3_600,
                world: FollowWorld(
                    clock: { self.clock }, stopwatch: { self.time },
                    secret: { _ in Array(Slapd.servicePassword.utf8) }, wait: wait,
                    isStopped: { self.isOver || self.time >= end }, reloaded: { nil },
                    run: { _ in
                        self.runs.append(self.time)
                        do {
                            return try run()
                        } catch {
                            return .failed(FollowFailure("\(error)"))
                        }
                    },
                    tell: { news in
                        switch news {
                        case .failing(_, let failure): self.told.append(failure.why)
                        case .standing(let line) where line != self.standing.last:
                            self.standing.append(line)
                        case .ready: self.readyAt.append(self.time)
                        case .standing, .following, .working: break
                        }
                    }))
            follower.follow()
        }

        private func wait(_ descriptors: [Int32], _ seconds: Double) {
            var wanted = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // Long enough for a server of this machine to tell what it has been changed to.
            if !wanted.isEmpty, unsafe poll(&wanted, nfds_t(wanted.count), 300) > 0 { return }
            time += max(seconds, 0.001)
            guard seconds > 1 else { return }
            guard !script.isEmpty else {
                isOver = descriptors.isEmpty ? false : true
                return
            }
            do {
                try script.removeFirst()()
            } catch {
                Issue.record(error)
            }
        }
    }

    private func settings() throws -> DirectorySettings {
        try #require(
            Settings.load(
                bytes: Array(
                    """
                    store: /var/lib/lockstep/lockstep.db
                    directories:
                      hq:
                        uri: ldap://127.0.0.1:9
                        bind: {dn: "cn=lockstep", passwordFile: /etc/lockstep/hq.password}
                        users: {base: "ou=people", filter: (uid=*), map: {username: uid}}
                    reasons:
                      left-organization: {text: Left, for: [lock], revocation: affiliationChanged}
                    """.utf8), file: "/etc/lockstep/lockstep.yaml"
            ).directories.first)
    }

    private func distances(_ times: [Double]) -> [Double] {
        zip(times, times.dropFirst()).map { ($1 - $0).rounded() }
    }

    @Test func `a failure that lasts is told once, and tried again after 1 s to 5 min`() throws {
        let world = World()
        world.follow(try settings(), until: 2_000) { .failed(FollowFailure("hq: it is down")) }
        #expect(
            distances(world.runs) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300])
        #expect(world.told == ["hq: it is down"])
    }

    @Test func `while another run has the store it tries again each second`() throws {
        let world = World()
        world.follow(try settings(), until: 10) { .busy }
        #expect(distances(world.runs) == Array(repeating: 1, count: 9))
        #expect(world.told.isEmpty)
        #expect(world.standing == ["hq waits for another run"])
    }

    @Test func `it is ready once it has read by itself, or found that it can't`() throws {
        let world = World()
        world.follow(try settings(), until: 10) {
            world.time < 5 ? .busy : .failed(FollowFailure("hq: it is down"))
        }
        #expect(world.readyAt.map { $0.rounded() } == [5])
    }

    @Test func `tries that succeed for a moment don't change since when it fails`() throws {
        let world = World()
        let directory = try settings()
        let start = world.clock
        world.follow(directory, until: 40) {
            world.clock = start.advanced(by: Int64(world.time))
            return .done(
                FollowedRun.Source(strategy: .syncrepl, server: directory.uris[0]), changed: false,
                nextDue: nil)
        }
        #expect(world.runs.count > 4)
        #expect(world.told.count == 1)
        #expect(world.standing == ["hq is not followed since \(start.rfc3339)"])
    }

    @Test func `a server that lets nobody wait counts as down, though a sync has read it`() throws {
        let world = World()
        let directory = try settings()
        world.follow(directory, until: 6) {
            .done(
                FollowedRun.Source(strategy: .syncrepl, server: directory.uris[0]), changed: false,
                nextDue: nil)
        }
        #expect(distances(world.runs) == [1, 2])
        #expect(world.told.count == 1)
    }

    @Test func `a clock that is set back withholds what it must, and nothing for longer`() throws {
        let lab = try SyncLab {
            $0.access = DecideLab.access
            $0.syncProvider = .sessionLog(100)
        }
        lab.more = "limits: {locks: 100%}"
        let world = World()
        let (right, hour) = (lab.now, Int64(3_600))
        func set(_ clock: Timestamp) { (lab.now, world.clock) = (clock, clock) }
        func leave(_ user: String) throws { try lab.set("employeeType", of: user, to: "left") }
        func expect(_ user: String, isActive: Bool) throws {
            let state = try lab.user(user).state
            #expect((state == .active) == isActive, "\(user)")
        }
        world.script = [
            { try expect("ada", isActive: true) },
            {
                set(right.advanced(by: -hour))
                try leave("ada")
            },
            {
                try expect("ada", isActive: true)
                set(right.advanced(by: hour))
            },
        ]
        // What nobody tells of is done within five minutes.
        world.script += Array(repeating: {}, count: 14)
        world.script += [
            {
                try expect("ada", isActive: false)
                set(right.advanced(by: 1_000 * 24 * hour))
                try leave("ben")
            },
            { try expect("ben", isActive: false) },
        ]
        set(right)
        world.follow(try #require(try lab.settings.directories.first)) {
            let report = try lab.sync(SyncOptions(directory: DirectoryName(rawValue: "hq")))
            let hq = try #require(report.directories.first)
            return .done(
                FollowedRun.Source(strategy: hq.strategy, server: try #require(hq.server)),
                changed: report.changedAnything, nextDue: try lab.store.nextDue(in: [hq.name]))
        }
        #expect(world.script.isEmpty && world.told.isEmpty, "\(world.told)")
        #expect(world.runs.count < 12, "\(world.runs)")
    }
}
