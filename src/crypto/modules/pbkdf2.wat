;; PBKDF2-HMAC-SHA256 (RFC 8018, section 5.2; RFC 2104; FIPS 180-4) for 32 bytes, from the second iteration on. `npm run
;; assets` makes pbkdf2.wasm from this file. Words of SHA-256 are 32-bit integers here: who calls reads and writes bytes.
;;
;; Memory, in bytes:
;;     0  K, the 64 constants of SHA-256
;;   256  the initial state of SHA-256
;;   288  in: the key, 16 words, padded with zeros
;;   352  the state after the block of the inner key
;;   384  the state after the block of the outer key
;;   416  in: U1, the result of the first iteration, 8 words; out: the derived key
;;   448  W, the message schedule, 64 words; its first 16 are the block
(module
  (memory (export "memory") 1 1)

  (data (i32.const 0)
    "\98\2f\8a\42\91\44\37\71\cf\fb\c0\b5\a5\db\b5\e9\5b\c2\56\39\f1\11\f1\59\a4\82\3f\92\d5\5e\1c\ab"
    "\98\aa\07\d8\01\5b\83\12\be\85\31\24\c3\7d\0c\55\74\5d\be\72\fe\b1\de\80\a7\06\dc\9b\74\f1\9b\c1"
    "\c1\69\9b\e4\86\47\be\ef\c6\9d\c1\0f\cc\a1\0c\24\6f\2c\e9\2d\aa\84\74\4a\dc\a9\b0\5c\da\88\f9\76"
    "\52\51\3e\98\6d\c6\31\a8\c8\27\03\b0\c7\7f\59\bf\f3\0b\e0\c6\47\91\a7\d5\51\63\ca\06\67\29\29\14"
    "\85\0a\b7\27\38\21\1b\2e\fc\6d\2c\4d\13\0d\38\53\54\73\0a\65\bb\0a\6a\76\2e\c9\c2\81\85\2c\72\92"
    "\a1\e8\bf\a2\4b\66\1a\a8\70\8b\4b\c2\a3\51\6c\c7\19\e8\92\d1\24\06\99\d6\85\35\0e\f4\70\a0\6a\10"
    "\16\c1\a4\19\08\6c\37\1e\4c\77\48\27\b5\bc\b0\34\b3\0c\1c\39\4a\aa\d8\4e\4f\ca\9c\5b\f3\6f\2e\68"
    "\ee\82\8f\74\6f\63\a5\78\14\78\c8\84\08\02\c7\8c\fa\ff\be\90\eb\6c\50\a4\f7\a3\f9\be\f2\78\71\c6"
  )
  (data (i32.const 256) "\67\e6\09\6a\85\ae\67\bb\72\f3\6e\3c\3a\f5\4f\a5\7f\52\0e\51\8c\68\05\9b\ab\d9\83\1f\19\cd\e0\5b")

  ;; One block: writes to $to the state that SHA-256 has after the state at $from and the block in W.
  (func $compress (param $from i32) (param $to i32)
    (local $i i32) (local $x i32) (local $y i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (local $e i32) (local $f i32) (local $g i32) (local $h i32)

    ;; W[t] = s1(W[t-2]) + W[t-7] + s0(W[t-15]) + W[t-16]. $i is the address of W[t-16] less that of W.
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $x (i32.load offset=504 (local.get $i)))
      (local.set $y (i32.load offset=452 (local.get $i)))
      (i32.store offset=512 (local.get $i)
        (i32.add
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $x) (i32.const 17)) (i32.rotr (local.get $x) (i32.const 19)))
              (i32.shr_u (local.get $x) (i32.const 10)))
            (i32.load offset=484 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $y) (i32.const 7)) (i32.rotr (local.get $y) (i32.const 18)))
              (i32.shr_u (local.get $y) (i32.const 3)))
            (i32.load offset=448 (local.get $i)))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 192))))

    (local.set $a (i32.load offset=0 (local.get $from)))
    (local.set $b (i32.load offset=4 (local.get $from)))
    (local.set $c (i32.load offset=8 (local.get $from)))
    (local.set $d (i32.load offset=12 (local.get $from)))
    (local.set $e (i32.load offset=16 (local.get $from)))
    (local.set $f (i32.load offset=20 (local.get $from)))
    (local.set $g (i32.load offset=24 (local.get $from)))
    (local.set $h (i32.load offset=28 (local.get $from)))

    ;; 64 rounds, eight at a time. The names move on by one from round to round, and so no value has to.
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $h
        (i32.add
          (i32.add
            (i32.add (local.get $h) (i32.load offset=0 (local.get $i)))
            (i32.load offset=448 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $e) (i32.const 6)) (i32.rotr (local.get $e) (i32.const 11)))
              (i32.rotr (local.get $e) (i32.const 25)))
            (i32.xor (local.get $g) (i32.and (local.get $e) (i32.xor (local.get $f) (local.get $g)))))))
      (local.set $d (i32.add (local.get $d) (local.get $h)))
      (local.set $h
        (i32.add
          (i32.add
            (local.get $h)
            (i32.xor
              (i32.xor (i32.rotr (local.get $a) (i32.const 2)) (i32.rotr (local.get $a) (i32.const 13)))
              (i32.rotr (local.get $a) (i32.const 22))))
          (i32.or
            (i32.and (local.get $a) (local.get $b))
            (i32.and (local.get $c) (i32.or (local.get $a) (local.get $b))))))
      (local.set $g
        (i32.add
          (i32.add
            (i32.add (local.get $g) (i32.load offset=4 (local.get $i)))
            (i32.load offset=452 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $d) (i32.const 6)) (i32.rotr (local.get $d) (i32.const 11)))
              (i32.rotr (local.get $d) (i32.const 25)))
            (i32.xor (local.get $f) (i32.and (local.get $d) (i32.xor (local.get $e) (local.get $f)))))))
      (local.set $c (i32.add (local.get $c) (local.get $g)))
      (local.set $g
        (i32.add
          (i32.add
            (local.get $g)
            (i32.xor
              (i32.xor (i32.rotr (local.get $h) (i32.const 2)) (i32.rotr (local.get $h) (i32.const 13)))
              (i32.rotr (local.get $h) (i32.const 22))))
          (i32.or
            (i32.and (local.get $h) (local.get $a))
            (i32.and (local.get $b) (i32.or (local.get $h) (local.get $a))))))
      (local.set $f
        (i32.add
          (i32.add
            (i32.add (local.get $f) (i32.load offset=8 (local.get $i)))
            (i32.load offset=456 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $c) (i32.const 6)) (i32.rotr (local.get $c) (i32.const 11)))
              (i32.rotr (local.get $c) (i32.const 25)))
            (i32.xor (local.get $e) (i32.and (local.get $c) (i32.xor (local.get $d) (local.get $e)))))))
      (local.set $b (i32.add (local.get $b) (local.get $f)))
      (local.set $f
        (i32.add
          (i32.add
            (local.get $f)
            (i32.xor
              (i32.xor (i32.rotr (local.get $g) (i32.const 2)) (i32.rotr (local.get $g) (i32.const 13)))
              (i32.rotr (local.get $g) (i32.const 22))))
          (i32.or
            (i32.and (local.get $g) (local.get $h))
            (i32.and (local.get $a) (i32.or (local.get $g) (local.get $h))))))
      (local.set $e
        (i32.add
          (i32.add
            (i32.add (local.get $e) (i32.load offset=12 (local.get $i)))
            (i32.load offset=460 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $b) (i32.const 6)) (i32.rotr (local.get $b) (i32.const 11)))
              (i32.rotr (local.get $b) (i32.const 25)))
            (i32.xor (local.get $d) (i32.and (local.get $b) (i32.xor (local.get $c) (local.get $d)))))))
      (local.set $a (i32.add (local.get $a) (local.get $e)))
      (local.set $e
        (i32.add
          (i32.add
            (local.get $e)
            (i32.xor
              (i32.xor (i32.rotr (local.get $f) (i32.const 2)) (i32.rotr (local.get $f) (i32.const 13)))
              (i32.rotr (local.get $f) (i32.const 22))))
          (i32.or
            (i32.and (local.get $f) (local.get $g))
            (i32.and (local.get $h) (i32.or (local.get $f) (local.get $g))))))
      (local.set $d
        (i32.add
          (i32.add
            (i32.add (local.get $d) (i32.load offset=16 (local.get $i)))
            (i32.load offset=464 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $a) (i32.const 6)) (i32.rotr (local.get $a) (i32.const 11)))
              (i32.rotr (local.get $a) (i32.const 25)))
            (i32.xor (local.get $c) (i32.and (local.get $a) (i32.xor (local.get $b) (local.get $c)))))))
      (local.set $h (i32.add (local.get $h) (local.get $d)))
      (local.set $d
        (i32.add
          (i32.add
            (local.get $d)
            (i32.xor
              (i32.xor (i32.rotr (local.get $e) (i32.const 2)) (i32.rotr (local.get $e) (i32.const 13)))
              (i32.rotr (local.get $e) (i32.const 22))))
          (i32.or
            (i32.and (local.get $e) (local.get $f))
            (i32.and (local.get $g) (i32.or (local.get $e) (local.get $f))))))
      (local.set $c
        (i32.add
          (i32.add
            (i32.add (local.get $c) (i32.load offset=20 (local.get $i)))
            (i32.load offset=468 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $h) (i32.const 6)) (i32.rotr (local.get $h) (i32.const 11)))
              (i32.rotr (local.get $h) (i32.const 25)))
            (i32.xor (local.get $b) (i32.and (local.get $h) (i32.xor (local.get $a) (local.get $b)))))))
      (local.set $g (i32.add (local.get $g) (local.get $c)))
      (local.set $c
        (i32.add
          (i32.add
            (local.get $c)
            (i32.xor
              (i32.xor (i32.rotr (local.get $d) (i32.const 2)) (i32.rotr (local.get $d) (i32.const 13)))
              (i32.rotr (local.get $d) (i32.const 22))))
          (i32.or
            (i32.and (local.get $d) (local.get $e))
            (i32.and (local.get $f) (i32.or (local.get $d) (local.get $e))))))
      (local.set $b
        (i32.add
          (i32.add
            (i32.add (local.get $b) (i32.load offset=24 (local.get $i)))
            (i32.load offset=472 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $g) (i32.const 6)) (i32.rotr (local.get $g) (i32.const 11)))
              (i32.rotr (local.get $g) (i32.const 25)))
            (i32.xor (local.get $a) (i32.and (local.get $g) (i32.xor (local.get $h) (local.get $a)))))))
      (local.set $f (i32.add (local.get $f) (local.get $b)))
      (local.set $b
        (i32.add
          (i32.add
            (local.get $b)
            (i32.xor
              (i32.xor (i32.rotr (local.get $c) (i32.const 2)) (i32.rotr (local.get $c) (i32.const 13)))
              (i32.rotr (local.get $c) (i32.const 22))))
          (i32.or
            (i32.and (local.get $c) (local.get $d))
            (i32.and (local.get $e) (i32.or (local.get $c) (local.get $d))))))
      (local.set $a
        (i32.add
          (i32.add
            (i32.add (local.get $a) (i32.load offset=28 (local.get $i)))
            (i32.load offset=476 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $f) (i32.const 6)) (i32.rotr (local.get $f) (i32.const 11)))
              (i32.rotr (local.get $f) (i32.const 25)))
            (i32.xor (local.get $h) (i32.and (local.get $f) (i32.xor (local.get $g) (local.get $h)))))))
      (local.set $e (i32.add (local.get $e) (local.get $a)))
      (local.set $a
        (i32.add
          (i32.add
            (local.get $a)
            (i32.xor
              (i32.xor (i32.rotr (local.get $b) (i32.const 2)) (i32.rotr (local.get $b) (i32.const 13)))
              (i32.rotr (local.get $b) (i32.const 22))))
          (i32.or
            (i32.and (local.get $b) (local.get $c))
            (i32.and (local.get $d) (i32.or (local.get $b) (local.get $c))))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32))) (i32.const 256))))

    (i32.store offset=0 (local.get $to) (i32.add (local.get $a) (i32.load offset=0 (local.get $from))))
    (i32.store offset=4 (local.get $to) (i32.add (local.get $b) (i32.load offset=4 (local.get $from))))
    (i32.store offset=8 (local.get $to) (i32.add (local.get $c) (i32.load offset=8 (local.get $from))))
    (i32.store offset=12 (local.get $to) (i32.add (local.get $d) (i32.load offset=12 (local.get $from))))
    (i32.store offset=16 (local.get $to) (i32.add (local.get $e) (i32.load offset=16 (local.get $from))))
    (i32.store offset=20 (local.get $to) (i32.add (local.get $f) (i32.load offset=20 (local.get $from))))
    (i32.store offset=24 (local.get $to) (i32.add (local.get $g) (i32.load offset=24 (local.get $from))))
    (i32.store offset=28 (local.get $to) (i32.add (local.get $h) (i32.load offset=28 (local.get $from))))
  )

  ;; Writes to $to the state after the block of the key, each word of it xor $pad.
  (func $absorb_key (param $pad i32) (param $to i32)
    (local $i i32)
    (loop $next
      (i32.store offset=448 (local.get $i) (i32.xor (i32.load offset=288 (local.get $i)) (local.get $pad)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 64))))
    (call $compress (i32.const 256) (local.get $to)))

  ;; Runs $count iterations more than the first: U = HMAC(key, U), and the result is the xor of every U.
  (func (export "iterate") (param $count i32)
    (local $i i32)
    (call $absorb_key (i32.const 0x36363636) (i32.const 352))
    (call $absorb_key (i32.const 0x5c5c5c5c) (i32.const 384))

    ;; Each block is 32 bytes and what pads them: a bit, zeros, and the 768 bits of the message with the key before it.
    (memory.copy (i32.const 448) (i32.const 416) (i32.const 32))
    (memory.fill (i32.const 480) (i32.const 0) (i32.const 32))
    (i32.store (i32.const 480) (i32.const 0x80000000))
    (i32.store (i32.const 508) (i32.const 768))

    (block $done
      (loop $iteration
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (call $compress (i32.const 352) (i32.const 448))
        (call $compress (i32.const 384) (i32.const 448))
        (local.set $i (i32.const 0))
        (loop $next
          (i64.store offset=416 (local.get $i)
            (i64.xor (i64.load offset=416 (local.get $i)) (i64.load offset=448 (local.get $i))))
          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 32))))
        (br $iteration))))
)
