namespace Microsoft.ML.Transforms.Text;

/// <summary>
/// Sequences of keys, each with its slot in the output. They are kept as a tree: a node is a sequence, its parent the
/// sequence without its last key.
/// </summary>
internal sealed class NgramTable
{
    private const int NoSlot = -1;

    private readonly Dictionary<(int Parent, uint Key), int> _nodes = [];
    private readonly List<(int Parent, uint Key, int Slot)> _list = [(NoSlot, 0, NoSlot)];
    private readonly int[] _room;
    private int[] _nodeOfSlot = [];

    /// <summary>Makes an empty table.</summary>
    /// <param name="room">How many sequences of each length are taken: the first of each length that come.</param>
    /// <param name="skipLength">How many keys a sequence may leave out between its first and its last.</param>
    public NgramTable(int[] room, int skipLength)
    {
        _room = [.. room];
        MaxLength = room.Length;
        SkipLength = skipLength;
    }

    public int MaxLength { get; }

    public int SkipLength { get; }

    /// <summary>The number of sequences with a slot.</summary>
    public int Count { get; private set; }

    public static NgramTable Load(BinaryReader reader)
    {
        var table = new NgramTable(new int[reader.ReadInt32()], reader.ReadInt32());
        var parents = reader.ReadArray<int>();
        var keys = reader.ReadArray<uint>();
        var slots = reader.ReadArray<int>();
        for (int i = 0; i < parents.Length; i++)
            table.Append(parents[i], keys[i], slots[i]);
        table.Count = slots.Count(s => s != NoSlot);
        return table;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(MaxLength);
        writer.Write(SkipLength);
        var nodes = _list.Skip(1).ToArray();
        writer.WriteArray(Array.ConvertAll(nodes, n => n.Parent));
        writer.WriteArray(Array.ConvertAll(nodes, n => n.Key));
        writer.WriteArray(Array.ConvertAll(nodes, n => n.Slot));
    }

    /// <summary>Visits the slots of the sequences in a row, once for each time they occur; learns new ones if that is wanted.</summary>
    public void Visit(ReadOnlySpan<uint> keys, bool learn, Action<int> visit)
    {
        for (int start = 0; start < keys.Length; start++)
            Visit(keys, start, 0, 1, SkipLength, learn, visit);
    }

    /// <summary>The keys of a slot's sequence.</summary>
    public uint[] KeysOf(int slot)
    {
        if (_nodeOfSlot.Length != Count)
            IndexSlots();
        var keys = new Stack<uint>();
        for (int node = _nodeOfSlot[slot]; node > 0; node = _list[node].Parent)
            keys.Push(_list[node].Key);
        return [.. keys];
    }

    // The key 0, a missing or unknown value, is in no sequence.
    private void Visit(ReadOnlySpan<uint> keys, int at, int parent, int length, int skips, bool learn, Action<int> visit)
    {
        uint key = keys[at];
        if (key == 0)
            return;
        if (!_nodes.TryGetValue((parent, key), out int node))
        {
            if (!learn || !TryAppend(parent, key, length, out node))
                return;
        }
        if (_list[node].Slot is not NoSlot and var slot)
            visit(slot);
        if (length == MaxLength)
            return;
        for (int skip = 0; skip <= skips && at + 1 + skip < keys.Length; skip++)
            Visit(keys, at + 1 + skip, node, length + 1, skips - skip, learn, visit);
    }

    // A sequence that has no room itself is still kept while longer ones may begin with it.
    private bool TryAppend(int parent, uint key, int length, out int node)
    {
        node = 0;
        bool hasRoom = _room[length - 1] > 0;
        if (!hasRoom && !_room.AsSpan(length).ContainsAnyExcept(0))
            return false;
        if (hasRoom)
            _room[length - 1]--;
        node = Append(parent, key, hasRoom ? Count++ : NoSlot);
        return true;
    }

    private int Append(int parent, uint key, int slot)
    {
        int node = _list.Count;
        _list.Add((parent, key, slot));
        _nodes.Add((parent, key), node);
        return node;
    }

    private void IndexSlots()
    {
        _nodeOfSlot = new int[Count];
        for (int node = 1; node < _list.Count; node++)
            if (_list[node].Slot != NoSlot)
                _nodeOfSlot[_list[node].Slot] = node;
    }
}
