// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** What can happen to one object of a repository. */
enum StoredDamage {
    /** One bit is another, at the front, near the end, and at a place by chance. */
    FLIPPED {
        @Override
        List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object) {
            byte[] bytes = objects.get(object);
            Random random = new Random(object.hashCode());
            TreeSet<Integer> places = new TreeSet<>(
                    List.of(random.nextInt(Math.min(16, bytes.length)), bytes.length - 1 - random.nextInt(16)));
            places.add(random.nextInt(bytes.length));
            List<Map<String, byte[]>> all = new ArrayList<>();
            for (int place : places) {
                if (place >= 0 && place < bytes.length) {
                    byte[] spoilt = bytes.clone();
                    spoilt[place] ^= (byte) (1 << random.nextInt(8));
                    all.add(with(objects, object, spoilt));
                }
            }
            return all;
        }
    },
    /** It is gone. */
    DELETED {
        @Override
        List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object) {
            TreeMap<String, byte[]> spoilt = new TreeMap<>(objects);
            spoilt.remove(object);
            return List.of(spoilt);
        }
    },
    /** Its end is missing. */
    CUT {
        @Override
        List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object) {
            byte[] bytes = objects.get(object);
            List<Map<String, byte[]>> all = new ArrayList<>();
            for (int length : new int[] {0, new Random(object.hashCode()).nextInt(1, bytes.length)}) {
                all.add(with(objects, object, Arrays.copyOf(bytes, length)));
            }
            return all;
        }
    },
    /** Bytes were added to it. */
    GROWN {
        @Override
        List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object) {
            byte[] bytes = objects.get(object);
            return List.of(with(objects, object, Arrays.copyOf(bytes, bytes.length + 1)));
        }
    },
    /** It and another of its kind have changed places. */
    SWAPPED {
        @Override
        List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object) {
            List<Map<String, byte[]>> all = new ArrayList<>();
            for (String other : others(objects, object)) {
                Map<String, byte[]> spoilt = with(objects, object, objects.get(other));
                spoilt.put(other, objects.get(object));
                all.add(spoilt);
            }
            return all;
        }
    },
    /** Another of its kind, such as an earlier one, stands under its name. */
    REPLACED {
        @Override
        List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object) {
            return others(objects, object).stream()
                    .map(other -> with(objects, object, objects.get(other)))
                    .toList();
        }
    },
    /** It stands under another name as well. */
    COPIED {
        @Override
        List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object) {
            return List.of(with(objects, beside(object), objects.get(object)));
        }
    };

    /** The objects of a repository when an object was damaged, in each way that there is. */
    abstract List<Map<String, byte[]>> of(TreeMap<String, byte[]> objects, String object);

    private static Map<String, byte[]> with(TreeMap<String, byte[]> objects, String object, byte[] bytes) {
        TreeMap<String, byte[]> spoilt = new TreeMap<>(objects);
        spoilt.put(object, bytes);
        return spoilt;
    }

    /** What an object is. */
    static String kind(String object) {
        for (String numbered : List.of("keys/ring/", "index/heads/")) {
            if (object.startsWith(numbered)) {
                return numbered;
            }
        }
        return object.substring(0, object.indexOf('/') + 1);
    }

    private static List<String> others(TreeMap<String, byte[]> objects, String object) {
        return needed(objects).stream()
                .filter(other -> kind(other).equals(kind(object)) && !other.equals(object))
                .limit(1)
                .toList();
    }

    /** The next number, or for a name that is a hash the next digit. */
    private static String beside(String object) {
        int last = object.length() - 1;
        char next = object.charAt(last) == '9' || object.charAt(last) == 'f' ? '0' : (char) (object.charAt(last) + 1);
        return object.substring(0, last) + next;
    }

    private static List<String> needed(TreeMap<String, byte[]> objects) {
        return objects.keySet().stream()
                .filter(object -> !object.startsWith("leases/") && !object.startsWith("progress/"))
                .toList();
    }
}
