using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Reads a column slot by slot: one array of numbers for each.</summary>
internal sealed class SlotReader(IDataView view, DataViewSchema.Column column)
{
    public double[][] Read()
    {
        var slots = new List<double>[(column.Type as VectorDataViewType)?.Size ?? 1];
        for (int i = 0; i < slots.Length; i++)
            slots[i] = [];
        using var cursor = Batches.Open(view, column);
        while (cursor.MoveNext(Batches.MaxRows))
            for (int row = 0; row < cursor.Count; row++)
                Add(slots, cursor.Column(column.Index), row);
        return [.. slots.Select(s => s.ToArray())];
    }

    private void Add(List<double>[] slots, BatchColumn values, int row)
    {
        switch (values)
        {
            case BatchColumn<float> singles:
                slots[0].Add(singles.Values[row]);
                break;
            case BatchColumn<double> numbers:
                slots[0].Add(numbers.Values[row]);
                break;
            case BatchColumn<VBuffer<float>> singles:
                foreach (var item in singles.Values[row].Items(all: true))
                    slots[item.Key].Add(item.Value);
                break;
            case BatchColumn<VBuffer<double>> numbers:
                foreach (var item in numbers.Values[row].Items(all: true))
                    slots[item.Key].Add(item.Value);
                break;
            default:
                throw Check.Mismatch("input", column.Name, "Single, Double or vector of them", column.Type.ToString()!);
        }
    }
}
