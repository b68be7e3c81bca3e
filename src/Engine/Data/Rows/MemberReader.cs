namespace Microsoft.ML.Data;

/// <summary>Fills a batch column from a member of row objects.</summary>
internal abstract class MemberReader<TRow>
{
    public abstract BatchColumn Column { get; }

    public abstract void Read(TRow row, int at);

    public static MemberReader<TRow> Create(RowMember member, DataViewType type)
    {
        bool isVector = type is VectorDataViewType;
        var item = type.ItemType();
        return TypeDispatch.Call(item.RawType, new Creator(member, isVector, item as KeyDataViewType))
            ?? throw new ArgumentOutOfRangeException(nameof(member), $"Member {member.Name} of type {member.Type} cannot be a column of type {type}.");
    }

    private sealed class Creator(RowMember member, bool isVector, KeyDataViewType? key) : IItemVisitor<MemberReader<TRow>?>
    {
        public MemberReader<TRow>? Visit<T>() => isVector ? Vector<T>() : Scalar<T>();

        private Reader<TMember, TValue> Make<TMember, TValue>(RowMap<TMember, TValue> convert) =>
            new(member.Getter<TRow, TMember>(), convert);

        private MemberReader<TRow>? Scalar<T>()
        {
            if (member.Type == typeof(string) && typeof(T) == typeof(ReadOnlyMemory<char>))
                return Make((in string? text, ref ReadOnlyMemory<char> value) => value = text.AsMemory());
            if (member.Type != typeof(T))
                return null;
            // In a row class a key counts from 0; in a column 0 is missing, as is every number past the count.
            if (key is { Count: var count })
                return Make((in T number, ref T value) => value = KeyNumber.Get(number) is var n && n < count ? KeyNumber.Of<T>(n + 1) : default!);
            return Make((in T source, ref T value) => value = source);
        }

        private MemberReader<TRow>? Vector<T>()
        {
            if (member.Type == typeof(string[]) && typeof(T) == typeof(ReadOnlyMemory<char>))
                return Make<string?[]?, VBuffer<ReadOnlyMemory<char>>>(FromTexts);
            if (member.Type == typeof(T[]))
                return Make((in T[]? items, ref VBuffer<T> value) => VBuffer<T>.Copy(items ?? [], 0, ref value, items?.Length ?? 0));
            return member.Type == typeof(VBuffer<T>)
                ? Make((in VBuffer<T> source, ref VBuffer<T> value) => source.CopyTo(ref value))
                : null;
        }

        private static void FromTexts(in string?[]? texts, ref VBuffer<ReadOnlyMemory<char>> value)
        {
            var editor = VBufferEditor.Create(ref value, texts?.Length ?? 0);
            for (int i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = texts![i].AsMemory();
            value = editor.Commit();
        }
    }

    private sealed class Reader<TMember, TValue>(Func<TRow, TMember> get, RowMap<TMember, TValue> convert) : MemberReader<TRow>
    {
        private readonly BatchColumn<TValue> _column = new();

        public override BatchColumn Column => _column;

        public override void Read(TRow row, int at) => convert(get(row), ref _column.Values[at]);
    }
}
