namespace FeatureTransfer.Pipelines.Data;

/// <summary>The encoded images of rows that are no files: they are read again from their source whenever they are needed, and never kept.</summary>
internal abstract class RowContent
{
    /// <summary>The images of rows, in their order, as they are asked for; one that cannot be read is empty, and its reason told.</summary>
    /// <param name="rows">Rows of the source, in the source's order; not all need be there.</param>
    /// <param name="rejected">Is told of those that cannot be read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public abstract IEnumerable<ReadOnlyMemory<byte>> Read(IReadOnlyList<SourceRow> rows, IRejectedRowSink rejected, CancellationToken cancellationToken);
}

/// <summary>The images in the records of a query.</summary>
internal sealed class RecordContent(FieldSource source, RecordInput input, SourceContext context) : RowContent
{
    public override IEnumerable<ReadOnlyMemory<byte>> Read(IReadOnlyList<SourceRow> rows, IRejectedRowSink rejected, CancellationToken cancellationToken)
    {
        var again = context with { Rejected = new Nobody(), Cancellation = cancellationToken };
        var mapper = new RecordMapper(source, input, again);
        using var records = input.Read(again);
        var next = 0;
        foreach (var record in records.Records)
        {
            if (next == rows.Count)
                yield break;
            if (record.Position != rows[next].Position)
                continue;
            if (mapper.ToRow(record) is not { } row || !row.IsSame(rows[next]))
                throw Changed($"{record.Place} is another row now");
            yield return record.Content ?? default;
            next++;
        }

        if (next < rows.Count)
            throw Changed($"there are {rows.Count - next} rows fewer now");
    }

    private FeatureTransferException Changed(string how) => new(
        $"{input.Origin}: the rows come in another order, or are others, when they are read again: {how}. End the query with ORDER BY over a key, and keep the data still during a run.");

    /// <summary>Rejects were told of at the first reading.</summary>
    private sealed class Nobody : IRejectedRowSink
    {
        public void Reject(RejectedRow row)
        {
        }
    }
}
