package import NIOCore
import NIOPosix
package import NIOSSL

/// The connections to upstreams of one event loop, kept open between requests.
///
/// All of it happens on that loop: a client's connection and the upstream's that serves it share one thread, and no
/// byte between them crosses another.
package final class UpstreamPool {
    /// Connections kept open per upstream without a request on them.
    private static let mostIdle = 32

    package let loop: any EventLoop
    private let tls: NIOSSLContext?
    private let mostConnections: Int
    private let idleLimit: TimeAmount
    /// The time of the last beat: exact enough for limits of seconds, and costs nothing to look at.
    package private(set) var now = NIODeadline.now()
    private var idle: [UpstreamAddress: [UpstreamConnection]] = [:]
    private var connections: [ObjectIdentifier: UpstreamConnection] = [:]

    /// TLS is set up once for all loops, and not at all where no upstream is asked over it.
    ///
    /// Beyond the most connections that may be open at once, requests fail. One without a request is kept for as long
    /// as providers keep theirs.
    package init(
        loop: any EventLoop,
        tls: NIOSSLContext?,
        mostConnections: Int = 4096,
        idleLimit: TimeAmount = .seconds(50)
    ) {
        self.loop = loop
        self.tls = tls
        self.mostConnections = mostConnections
        self.idleLimit = idleLimit
    }

    /// Trusts what the system trusts, and speaks HTTP/1.1 alone.
    package static func trust(_ roots: NIOSSLTrustRoots = .default) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = ["http/1.1"]
        configuration.trustRoots = roots
        return try NIOSSLContext(configuration: configuration)
    }

    /// Sends a request; its reader hears of everything that follows, never before this returns.
    package func send(
        _ request: UpstreamRequest,
        to address: UpstreamAddress,
        limits: UpstreamLimits,
        reader: any UpstreamReader
    ) -> UpstreamCall {
        let call = UpstreamCall(to: address, request, limits: limits, reader: reader, pool: self)
        if let connection = idle[address]?.popLast() {
            call.isOnUsedConnection = true
            connection.send(call)
        } else {
            connect(call)
        }
        return call
    }

    /// Looks after time limits; to be called every few hundred milliseconds.
    package func beat(at now: NIODeadline) {
        self.now = now
        for connection in connections.values {
            if let call = connection.call {
                call.beat(at: now)
            } else if now - connection.idleSince > limit(of: connection) {
                connection.close()
            }
        }
    }

    /// A second less than the upstream says: a request must not meet its closing half-way.
    private func limit(of connection: UpstreamConnection) -> TimeAmount {
        guard let keptFor = connection.keptFor else { return idleLimit }
        return min(idleLimit, keptFor - .seconds(1))
    }

    /// Closes what has nothing to do, such as when the gateway stops.
    package func closeIdle() {
        for connections in idle.values { for connection in connections { connection.close() } }
    }

    func connect(_ call: UpstreamCall) {
        guard connections.count < mostConnections, !call.address.isTLS || tls != nil else {
            let call = NIOLoopBound(call, eventLoop: loop)
            return loop.execute { call.value.failed(.tooManyConnections) }
        }
        let address = call.address
        let connection = UpstreamConnection(to: address, pool: self, for: call)
        call.connection = connection
        connections[ObjectIdentifier(connection)] = connection
        let bound = NIOLoopBound(connection, eventLoop: loop)
        let tls = address.isTLS ? tls : nil
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
            .connectTimeout(call.limits.connect)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let isName = (try? SocketAddress(ipAddress: address.host, port: 0)) == nil
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: isName ? address.host : nil)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
        let made =
            if let numeric = try? SocketAddress(ipAddress: address.host, port: address.port) {
                bootstrap.connect(to: numeric)
            } else {
                bootstrap.connect(host: address.host, port: address.port)
            }
        made.whenFailure { error in
            if case ChannelError.connectTimeout = error { return bound.value.connectingFailed(.timedOut(.connect)) }
            bound.value.connectingFailed(.unreachable)
        }
    }

    func keep(_ connection: UpstreamConnection) {
        guard idle[connection.address, default: []].count < UpstreamPool.mostIdle,
            limit(of: connection) > .zero
        else { return connection.close() }
        connection.idleSince = now
        idle[connection.address, default: []].append(connection)
    }

    func forget(_ connection: UpstreamConnection) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        idle[connection.address]?.removeAll { $0 === connection }
    }
}
