using System.Runtime.InteropServices;

namespace FeatureTransfer.Extraction;

/// <summary>Where a record lies: in which segment, and where in it.</summary>
internal readonly record struct Place(FeatureSegment Segment, SegmentRecord Record);

/// <summary>
/// Places by key, at some 54 bytes a place. A dictionary takes twice that, and twice again while it grows; what is here is never copied.
/// </summary>
internal sealed class PlaceTable
{
    private const int BlockLength = 1024, FirstBuckets = 1024, None = -1;
    private readonly List<Entry[]> _blocks = [];
    private int[] _buckets = NoBuckets(FirstBuckets);
    private int _used;
    private int _free = None;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many chains the places hang in: never fewer than places, so that a look-up passes few.</summary>
    public int Chains => _buckets.Length;

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<Place> Places
    {
        get
        {
            for (var i = 0; i < _used; i++)
            {
                var entry = At(i);
                if (entry.Segment is not null)
                    yield return entry.Place;
            }
        }
    }

    /// <summary>Finds the place of a key.</summary>
    public bool TryGet(UInt128 key, out Place place)
    {
        var found = Find(key);
        place = found == None ? default : At(found).Place;
        return found != None;
    }

    /// <summary>Enters a place under its record's key, instead of another that was there.</summary>
    public void Set(Place place)
    {
        var index = Find(place.Record.Key);
        if (index != None)
        {
            At(index) = new Entry(place, At(index).Next);
            return;
        }

        if (Count == _buckets.Length)
            Widen();
        index = TakeFree();
        ref var bucket = ref Bucket(place.Record.Key);
        At(index) = new Entry(place, bucket);
        bucket = index;
        Count++;
    }

    /// <summary>Forgets a key.</summary>
    public void Remove(UInt128 key)
    {
        ref var link = ref Bucket(key);
        while (link != None)
        {
            ref var entry = ref At(link);
            if (entry.Key == key)
            {
                var index = link;
                link = entry.Next;
                entry = new Entry(default, _free);
                _free = index;
                Count--;
                return;
            }

            link = ref entry.Next;
        }
    }

    private static int[] NoBuckets(int count)
    {
        var buckets = new int[count];
        Array.Fill(buckets, None);
        return buckets;
    }

    private ref Entry At(int index) => ref _blocks[index / BlockLength][index % BlockLength];

    // Keys are halves of hashes: any bits of them do.
    private ref int Bucket(UInt128 key) => ref _buckets[(int)((uint)key & (uint)(_buckets.Length - 1))];

    private int Find(UInt128 key)
    {
        var index = Bucket(key);
        while (index != None && At(index).Key != key)
            index = At(index).Next;
        return index;
    }

    private int TakeFree()
    {
        if (_free != None)
        {
            var index = _free;
            _free = At(index).Next;
            return index;
        }

        if (_used == _blocks.Count * BlockLength)
            _blocks.Add(new Entry[BlockLength]);
        return _used++;
    }

    // There are as many places as there ever were: none is free.
    private void Widen()
    {
        _buckets = NoBuckets(_buckets.Length * 2);
        for (var i = 0; i < _used; i++)
        {
            ref var entry = ref At(i);
            ref var bucket = ref Bucket(entry.Key);
            entry.Next = bucket;
            bucket = i;
        }
    }

    // As narrow as it goes: a UInt128 would be aligned to 16 bytes, a place holds two.
    [StructLayout(LayoutKind.Auto)]
    private struct Entry(Place place, int next)
    {
        public readonly FeatureSegment? Segment = place.Segment;
        public int Next = next;
        private readonly ulong _low = (ulong)place.Record.Key;
        private readonly ulong _high = (ulong)(place.Record.Key >> 64);
        private readonly long _offset = place.Record.Offset;
        private readonly long _time = place.Record.Time;
        private readonly int _count = place.Record.Count;

        public readonly UInt128 Key => new(_high, _low);

        public readonly Place Place => new(Segment!, new SegmentRecord(Key, _offset, _count, _time));
    }
}
