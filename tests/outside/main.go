// Checks a running record with programs that share no code with this project: golang.org/x/mod/sumdb/note and tlog.
//
//	outside verify  VKEY URL [OLD-CHECKPOINT…]   signature, every entry hashed, the root rebuilt from entries, proofs from served tiles, consistency
//	outside receipt VKEY FILE                    a .tlog-proof against the entry that it brings along
//	outside submit  VKEY URL WITNESS WKEY        hands the log's checkpoint to a witness, and checks its cosignature
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(code, why string) {
	fmt.Fprintf(os.Stderr, "FAIL %s: %s\n", code, why)
	os.Exit(1)
}

func must(code string, err error) {
	if err != nil {
		fail(code, err.Error())
	}
}

func get(url string) []byte {
	answer, err := http.Get(url)
	must("E_FETCH", err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must("E_FETCH", err)
	if answer.StatusCode != 200 {
		return nil
	}
	return body
}

// place is the part of an address behind the level: groups of three digits.
func place(n int64) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	return text
}

func path(level string, n int64, width int) string {
	if width == 256 {
		return fmt.Sprintf("tile/%s/%s", level, place(n))
	}
	return fmt.Sprintf("tile/%s/%s.p/%d", level, place(n), width)
}

func fetch(url, level string, n int64, width, unit int) []byte {
	body := get(url + "/" + path(level, n, width))
	if body == nil && width < 256 {
		body = get(url + "/" + path(level, n, 256))
	}
	if body == nil {
		fail("E_TILE_MISSING", path(level, n, width))
	}
	if unit > 0 && len(body) >= width*unit {
		body = body[:width*unit]
	}
	return body
}

type tiles struct{ url string }

func (t tiles) Height() int                          { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte)  {}
func (t tiles) ReadTiles(all []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, it := range all {
		read = append(read, fetch(t.url, strconv.Itoa(it.L), it.N, it.W, tlog.HashSize))
	}
	return read, nil
}

func open(vkey string, signed []byte) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must("E_KEY", err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	must("E_NOTE_SIG", err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		fail("E_ORIGIN", "the first line is not the name of the key")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must("E_CHECKPOINT_FORMAT", err)
	root, err := tlog.ParseHash(lines[2])
	must("E_CHECKPOINT_FORMAT", err)
	return tlog.Tree{N: size, Hash: root}
}

// grown is a tree in memory, made from entries alone.
type grown []tlog.Hash

func (g grown) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var read []tlog.Hash
	for _, at := range indexes {
		read = append(read, g[at])
	}
	return read, nil
}

func verify(vkey, url string, old []string) {
	tree := open(vkey, get(url+"/checkpoint"))
	if tree.N == 0 {
		fmt.Println("OK 0 entries")
		return
	}
	reader := tlog.TileHashReader(tree, tiles{url})
	var own grown
	var leaves []tlog.Hash
	for n := int64(0); n*256 < tree.N; n++ {
		width := int64(256)
		if tree.N-n*256 < width {
			width = tree.N - n*256
		}
		bundle := fetch(url, "entries", n, int(width), 0)
		for at := int64(0); at < width; at++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				fail("E_BUNDLE_FORMAT", path("entries", n, int(width)))
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			hashes, err := tlog.StoredHashes(n*256+at, bundle[2:end], own)
			must("E_LEAF_HASH", err)
			leaves = append(leaves, hashes[0])
			own = append(own, hashes...)
			bundle = bundle[end:]
		}
	}
	root, err := tlog.TreeHash(tree.N, own)
	must("E_ROOT", err)
	if root != tree.Hash {
		fail("E_ROOT", "the entries do not make the root that was signed")
	}
	step := tree.N/100 + 1
	proofs := 0
	for at := int64(0); at < tree.N; at += step {
		proof, err := tlog.ProveRecord(tree.N, at, reader)
		must("E_INCLUSION", err)
		must("E_INCLUSION", tlog.CheckRecord(proof, tree.N, tree.Hash, at, leaves[at]))
		proofs++
	}
	for _, file := range old {
		bytes, err := os.ReadFile(file)
		must("E_OLD", err)
		seen := open(vkey, bytes)
		if seen.N > tree.N {
			fail("E_SHRUNK", file)
		}
		if seen.N == 0 {
			continue
		}
		proof, err := tlog.ProveTree(tree.N, seen.N, reader)
		must("E_CONSISTENCY", err)
		must("E_CONSISTENCY", tlog.CheckTree(proof, tree.N, tree.Hash, seen.N, seen.Hash))
	}
	fmt.Printf("OK %d entries, %d proofs, %d earlier checkpoints\n", tree.N, proofs, len(old))
}

func receipt(vkey, file string) {
	bytes, err := os.ReadFile(file)
	must("E_PROOF_FORMAT", err)
	head, signed, found := strings.Cut(string(bytes), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		fail("E_PROOF_FORMAT", "not a tlog-proof with its entry")
	}
	entry, err := base64.StdEncoding.DecodeString(lines[1][6:])
	must("E_PROOF_FORMAT", err)
	index, err := strconv.ParseInt(lines[2][6:], 10, 64)
	must("E_PROOF_FORMAT", err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		must("E_PROOF_FORMAT", err)
		proof = append(proof, hash)
	}
	tree := open(vkey, []byte(signed))
	must("E_INCLUSION", tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("OK entry %d of %d: %s\n", index, tree.N, entry)
}

func post(url, body string) (int, string, string) {
	answer, err := http.Post(url+"/add-checkpoint", "text/plain", strings.NewReader(body))
	must("E_FETCH", err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must("E_FETCH", err)
	return answer.StatusCode, string(text), answer.Header.Get("Content-Type")
}

func submit(vkey, url, witness, wkey string) {
	signed := get(url + "/checkpoint")
	tree := open(vkey, signed)
	status, body, kind := post(witness, fmt.Sprintf("old %d\n\n%s", tree.N, signed))
	old := tree.N
	if status == 409 {
		if kind != "text/x.tlog.size" || !strings.HasSuffix(body, "\n") {
			fail("E_WITNESS", "409 without a size")
		}
		size, err := strconv.ParseInt(strings.TrimSuffix(body, "\n"), 10, 64)
		must("E_WITNESS", err)
		old = size
		lines := ""
		if old > 0 && old < tree.N {
			proof, err := tlog.ProveTree(tree.N, old, tlog.TileHashReader(tree, tiles{url}))
			must("E_CONSISTENCY", err)
			for _, hash := range proof {
				lines += hash.String() + "\n"
			}
		}
		status, body, _ = post(witness, fmt.Sprintf("old %d\n%s\n%s", old, lines, signed))
	}
	if status != 200 {
		fail("E_WITNESS", fmt.Sprintf("%d %s", status, body))
	}
	// A cosignature: — name base64(key id, time, signature of the time and the text)
	parts := strings.SplitN(wkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must("E_KEY", err)
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	fields := strings.Fields(body)
	if len(fields) != 3 || fields[0] != "—" || fields[1] != parts[0] || key[0] != 4 {
		fail("E_WITNESS", "not a line of this witness: "+body)
	}
	raw, err := base64.StdEncoding.DecodeString(fields[2])
	must("E_WITNESS", err)
	text := signed[:bytes.Index(signed, []byte("\n\n"))+1]
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(raw[4:12]), text)
	if !bytes.Equal(raw[:4], id[:4]) || !ed25519.Verify(ed25519.PublicKey(key[1:]), []byte(message), raw[12:]) {
		fail("E_WITNESS", "the cosignature does not hold")
	}
	fmt.Printf("OK cosigned %d after %d\n", tree.N, old)
}

func main() {
	args := os.Args[1:]
	switch {
	case len(args) >= 3 && args[0] == "verify":
		verify(args[1], args[2], args[3:])
	case len(args) == 3 && args[0] == "receipt":
		receipt(args[1], args[2])
	case len(args) == 5 && args[0] == "submit":
		submit(args[1], args[2], args[3], args[4])
	default:
		fmt.Fprintln(os.Stderr, "outside verify VKEY URL [OLD…] | receipt VKEY FILE | submit VKEY URL WITNESS WKEY")
		os.Exit(2)
	}
}
