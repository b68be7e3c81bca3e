namespace Microsoft.ML.Data;

/// <summary>Sets a member of row objects from a batch column.</summary>
internal abstract class MemberWriter<TRow>
{
    public abstract void Write(TRow row, int at);

    public static MemberWriter<TRow> Create(RowMember member, string columnName, DataViewType type, BatchColumn source) =>
        TypeDispatch.Call(type.ItemType().RawType, new Creator(member, type is VectorDataViewType, source))
            ?? throw Unfit(member, columnName, type);

    /// <summary>Throws where no value of the column fits the member.</summary>
    public static void CheckFit(RowMember member, string columnName, DataViewType type)
    {
        if (!TypeDispatch.Call(type.ItemType().RawType, new Fits(member.Type, type is VectorDataViewType)))
            throw Unfit(member, columnName, type);
    }

    private static InvalidOperationException Unfit(RowMember member, string columnName, DataViewType type) =>
        new($"Can't bind the IDataView column '{columnName}' of type '{type}' to field or property '{member.Name}' of type '{member.Type}'.");

    private sealed class Fits(Type member, bool isVector) : IItemVisitor<bool>
    {
        public bool Visit<T>()
        {
            bool isText = typeof(T) == typeof(ReadOnlyMemory<char>);
            return isVector
                ? member == typeof(T[]) || member == typeof(VBuffer<T>) || (isText && member == typeof(string[]))
                : member == typeof(T) || (isText && member == typeof(string));
        }
    }

    private sealed class Creator(RowMember member, bool isVector, BatchColumn source) : IItemVisitor<MemberWriter<TRow>?>
    {
        public MemberWriter<TRow>? Visit<T>() => isVector ? Vector<T>() : Scalar<T>();

        // The old value is handed over so that its arrays can be used again.
        private Writer<TValue, TMember> Make<TValue, TMember>(RowMap<TValue, TMember> convert, bool usesOld) => new(
            (BatchColumn<TValue>)source, usesOld ? member.Getter<TRow, TMember>() : null, member.Setter<TRow, TMember>(), convert);

        private MemberWriter<TRow>? Scalar<T>()
        {
            if (member.Type == typeof(string) && typeof(T) == typeof(ReadOnlyMemory<char>))
                return Make((in ReadOnlyMemory<char> text, ref string value) => value = text.ToString(), false);
            return member.Type == typeof(T) ? Make((in T from, ref T value) => value = from, false) : null;
        }

        private MemberWriter<TRow>? Vector<T>()
        {
            if (member.Type == typeof(string[]) && typeof(T) == typeof(ReadOnlyMemory<char>))
                return Make<VBuffer<ReadOnlyMemory<char>>, string[]>(ToTexts, false);
            if (member.Type == typeof(T[]))
                return Make<VBuffer<T>, T[]>(ToArray, true);
            return member.Type == typeof(VBuffer<T>)
                ? Make((in VBuffer<T> from, ref VBuffer<T> value) => from.CopyTo(ref value), true)
                : null;
        }

        private static void ToTexts(in VBuffer<ReadOnlyMemory<char>> from, ref string[] value) =>
            value = [.. from.DenseValues().Select(t => t.ToString())];

        private static void ToArray<T>(in VBuffer<T> from, ref T[] value)
        {
            if (value?.Length != from.Length)
                value = new T[from.Length];
            from.CopyTo(value);
        }
    }

    private sealed class Writer<TValue, TMember>(
        BatchColumn<TValue> source, Func<TRow, TMember>? get, Action<TRow, TMember> set, RowMap<TValue, TMember> convert) : MemberWriter<TRow>
    {
        public override void Write(TRow row, int at)
        {
            var value = get is null ? default! : get(row);
            convert(in source.Values[at], ref value);
            set(row, value);
        }
    }
}
