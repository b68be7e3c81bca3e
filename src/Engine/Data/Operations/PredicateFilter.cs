using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>Drops the rows for which a function of the user's is true.</summary>
internal sealed class PredicateFilter<[DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TRow>(
    RowBinding<TRow> binding, IReadOnlyList<(int Member, DataViewSchema.Column Column)> bound, Func<Predicate<TRow>> predicate)
    : RowFilter([.. bound.Select(b => b.Column.Index)])
    where TRow : class, new()
{
    public override bool AnyOrder => false;

    public override Predicate<int> Open(BatchColumn[] inputs)
    {
        var writers = bound.Select((b, i) => binding.Writer(b.Member, b.Column, inputs[i])).ToArray();
        var row = new TRow();
        var drop = predicate();
        return at =>
        {
            foreach (var writer in writers)
                writer.Write(row, at);
            return !drop(row);
        };
    }
}
