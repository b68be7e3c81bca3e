using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <summary>Reads the rows of a data view; images that are files stay where they are.</summary>
internal sealed class TuningRowReader(FineTuneOptions options, Modality modality, EncodedImages images, FeatureTransferServices services)
{
    /// <summary>Reads all rows.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="task">What is learned.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public TuningRows Read(IDataView view, FineTuneTask task)
    {
        var input = LabelColumns.Find(view.Schema, options.InputColumnName, "the input");
        var label = LabelColumns.Find(view.Schema, options.LabelColumnName, "the label");
        var group = options.GroupColumnName is { } name ? LabelColumns.Find(view.Schema, name, "the group") : (DataViewSchema.Column?)null;
        if (input.Type is not TextDataViewType && (input.Type as VectorDataViewType)?.ItemType.RawType != typeof(byte))
            throw new ArgumentOutOfRangeException(nameof(view), $"FineTune: column '{input.Name}' is {input.Type}. Expected text (a path, or the text itself) or a vector of bytes (an encoded image or recording).");
        var inputs = new InputColumns(options.InputColumnName, options.PairColumnName, modality);
        var domain = options.Alignment.IsOn ? LabelColumns.Find(view.Schema, options.Alignment.DomainColumnName, "the domain") : (DataViewSchema.Column?)null;
        var columns = FeatureInputReader.Columns(view.Schema, inputs).Append(label).Concat(new[] { group, domain }.OfType<DataViewSchema.Column>());
        using var cursor = view.GetRowCursor(columns.DistinctBy(known => known.Index));
        var readInput = FeatureInputReader.Create(cursor, inputs);
        var readTarget = TargetReader.Create(cursor, label, task);
        var readGroup = group is { } grouped ? TextReader(cursor, grouped, "group") : () => null;
        var readDomain = domain is { } named ? TextReader(cursor, named, "domain") : () => null;
        var rows = new List<TuningRow>();
        while (cursor.MoveNext())
        {
            services.Cancellation.ThrowIfCancellationRequested();
            var image = readInput();
            if (domain is not null && readDomain() == options.Alignment.Target)
                rows.Add(new TuningRow(image.Name, image.Bytes is { } unlabelled ? images.Add(unlabelled) : null, [], readGroup()) { IsOfTarget = true });
            else if (readTarget() is { } target)
                rows.Add(new TuningRow(image.Name, image.Bytes is { } bytes ? images.Add(bytes) : null, target, readGroup()));
            else
                services.Rejected?.Reject(new RejectedRow(image.Name, $"the row has no label in column '{label.Name}'", "FineTune"));
        }

        var labelled = rows.Find(row => !row.IsOfTarget) ?? throw new FeatureTransferException("Fine-tuning: there are no rows with a label to learn from.");
        if (domain is not null && !rows.Exists(row => row.IsOfTarget))
            throw new FeatureTransferException($"Fine-tuning: no row is of the domain '{options.Alignment.Target}' in column '{options.Alignment.DomainColumnName}', so there is nothing to align with. Name the target domain as the column does.");
        return new TuningRows([.. rows.Select(row => row.IsOfTarget ? row with { Target = new float[labelled.Target.Length] } : row)], LabelColumns.Names(label, task));
    }

    private static Func<string?> TextReader(DataViewRow row, DataViewSchema.Column column, string what)
    {
        if (column.Type is not TextDataViewType)
            throw new ArgumentOutOfRangeException(nameof(column), $"FineTune: the {what} column '{column.Name}' is {column.Type}. Expected text.");
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        return () =>
        {
            ReadOnlyMemory<char> value = default;
            getter(ref value);

            // A row without a group is a group of its own.
            return value.Length > 0 ? value.ToString() : $"\0{row.Position}";
        };
    }
}
