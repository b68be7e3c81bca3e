using System.Security.Cryptography;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The rows that candidates are compared on: the training rows of the pipeline's split, in an order whose every beginning has the labels in turn.</summary>
internal sealed class TrainingRows
{
    private readonly Table _table;
    private readonly int[] _order;

    private TrainingRows(SourceRows source, Table table, int[] order, int labels, TaskRules rules) => (Source, _table, _order, Labels, Rules) = (source, table, order, labels, rules);

    /// <summary>The numbers of the rows that are held out for the test.</summary>
    public required IReadOnlySet<int> HeldOut { get; init; }

    /// <summary>What tells the data from others: the names, labels and content of all rows.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>All rows of the data.</summary>
    public SourceRows Source { get; }

    /// <summary>How many there are.</summary>
    public int Count => _order.Length;

    /// <summary>How many labels they have.</summary>
    public int Labels { get; }

    /// <summary>The task, with the labels known.</summary>
    public TaskRules Rules { get; }

    /// <summary>Reads them.</summary>
    /// <exception cref="FeatureTransferException">The data cannot be read, or have nothing to learn.</exception>
    public static TrainingRows Read(PipelineDefinition definition, FeatureTransferServices services)
    {
        var rules = TaskRules.Of(definition);
        var source = LabelledRows.Read(definition, rules, new SourceContext(definition.BaseFolder, services.Rejected ?? new RejectedRowCollector(), services.Cancellation) { Sql = services.Sql }, unlabelled: true);
        ChainModel.CheckContent(definition, source);
        var table = SourceRows.Numbered(source.ToTable());
        var keys = RowKeys.Of(source, [.. Enumerable.Range(0, table.Count)], services.Cancellation);
        table = RowCopies.Mark(definition, table, source, keys);
        rules = rules.Learn(definition.Name, LabelledSplit.Labels(definition, table));
        var strata = RowGroups.Strata(definition, table);
        var split = LabelledSplit.HoldOut(definition, table);

        // Candidates are compared on rows that can judge.
        int[] train = [.. split.Train.Intersect(LabelledSplit.Labelled(definition, table))];
        return new TrainingRows(source, table, InTurn(train, strata, definition.Seed), train.Concat(split.Test).Select(row => strata[row]).Distinct(StringComparer.Ordinal).Count(), rules)
        {
            HeldOut = split.Test.ToHashSet(),
            Fingerprint = DataFingerprint.Of(source) + Convert.ToHexStringLower(SHA256.HashData(RowKeys.ToBytes(keys))),
        };
    }

    /// <summary>Some of them as a table, with each one's number in <see cref="SourceRows.Place"/>.</summary>
    public Table Table(int first, int end) => _table.Select(Places(first, end));

    /// <summary>The same with the content of those that are no files.</summary>
    public IDataView View(int first, int end, IRejectedRowSink rejected, CancellationToken cancellationToken) =>
        Source.Select(Places(first, end)).ToView(Table(first, end), rejected, cancellationToken);

    // Content is read in the source's order.
    private int[] Places(int first, int end) => [.. _order[first..end].Order()];

    private static int[] InTurn(IReadOnlyList<int> rows, IReadOnlyList<string> strata, int seed)
    {
        int[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);
        return
        [
            .. shuffled.GroupBy(row => strata[row], StringComparer.Ordinal)
                .SelectMany(label => label.Select((row, turn) => (row, turn)))
                .OrderBy(pair => pair.turn)
                .Select(pair => pair.row),
        ];
    }
}
