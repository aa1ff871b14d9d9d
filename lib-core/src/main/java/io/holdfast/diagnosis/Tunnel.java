// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Makes bare connections on a way out, and says at which layer one fails. Stateless. */
final class Tunnel {
    private static final int MOST_HEAD = 16_384;

    private final Optional<HttpProxy> proxy;
    private final int patience;

    Tunnel(Optional<HttpProxy> proxy, Duration patience) {
        this.proxy = proxy;
        this.patience = (int) patience.toMillis();
    }

    /** A connection to a host, through the proxy if there is one. */
    Socket open(String host, int port) throws LayerException {
        String first = proxy.map(HttpProxy::host).orElse(host);
        int firstPort = proxy.map(HttpProxy::port).orElse(port);
        Socket socket = connect(resolve(first), firstPort, first);
        boolean through = false;
        try {
            socket.setSoTimeout(patience);
            if (proxy.isPresent()) {
                passProxy(socket, host + ":" + port, proxy.get());
            }
            through = true;
            return socket;
        } catch (IOException e) {
            throw new LayerException(Layer.PROXY, "the proxy " + first + " does not answer: " + e.getMessage(), e);
        } finally {
            if (!through) {
                closeQuietly(socket);
            }
        }
    }

    private InetAddress[] resolve(String host) throws LayerException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            Layer layer = proxy.isPresent() ? Layer.PROXY : Layer.RESOLVE;
            throw new LayerException(layer, "the name " + host + " has no address", e);
        }
    }

    private Socket connect(InetAddress[] addresses, int port, String host) throws LayerException {
        IOException last = new IOException("no address");
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), patience);
                return socket;
            } catch (IOException e) {
                last = e;
                closeQuietly(socket);
            }
        }
        boolean silent = last instanceof SocketTimeoutException;
        String what = silent ? "nothing answers within " + patience + " ms" : String.valueOf(last.getMessage());
        Layer layer = proxy.isPresent() ? Layer.PROXY : Layer.CONNECT;
        throw new LayerException(layer, "no connection to " + host + ":" + port + ": " + what, last);
    }

    private static void passProxy(Socket socket, String place, HttpProxy proxy) throws IOException, LayerException {
        String request = "CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n" + authorization(proxy) + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        String status = head(socket.getInputStream());
        if (status.startsWith("HTTP/1.") && status.length() > 9 && status.charAt(9) == '2') {
            return;
        }
        String code = status.startsWith("HTTP/1.") && status.length() >= 12 ? status.substring(9, 12) : "no HTTP";
        String why = code.equals("407") ? ": it wants to know who we are" : " instead of letting us through";
        throw new LayerException(Layer.PROXY, "the proxy answered " + code + why, null);
    }

    private static String authorization(HttpProxy proxy) {
        if (proxy.credentials().isEmpty()) {
            return "";
        }
        PasswordAuthentication who = proxy.credentials().get().get();
        String plain = who.getUserName() + ":" + new String(who.getPassword());
        byte[] basic = plain.getBytes(StandardCharsets.UTF_8);
        return "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(basic) + "\r\n";
    }

    /** The first line of a response; reads to the empty line, so that what follows is the other end's. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MOST_HEAD && head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        int end = head.indexOf("\r\n");
        return end < 0 ? head.toString() : head.substring(0, end);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A probe's connection is not used again.
            return;
        }
    }
}
