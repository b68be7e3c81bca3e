using System.Text;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A row of a table: the number of its first line, its fields, and why they are none.</summary>
internal sealed record DelimitedLine(int Number, IReadOnlyList<string> Fields, string? Fault = null)
{
    /// <summary>Whether no field says anything.</summary>
    public bool IsBlank => Fault is null && Fields.All(string.IsNullOrWhiteSpace);
}

/// <summary>Takes lines with a separator apart, by RFC 4180: a field in quotes may hold separators, line ends and doubled quotes.</summary>
internal static class DelimitedLines
{
    // A field with more lines is a quote that somebody forgot to close.
    private const int MostLines = 200;

    /// <summary>The rows. A quote that does not close costs its own line and none of those behind it.</summary>
    public static IEnumerable<DelimitedLine> Read(IEnumerable<string> lines, char separator)
    {
        using var source = lines.GetEnumerator();
        var ahead = new LinkedList<string>();
        for (var number = 1; Next(source, ahead) is { } line; number++)
        {
            var row = new Row(separator);
            var taken = new List<string>();
            var state = row.Add(line);
            while (state == State.Open && taken.Count < MostLines && Next(source, ahead) is { } more)
            {
                taken.Add(more);
                state = row.Add(more);
            }

            if (state == State.Whole)
            {
                yield return new DelimitedLine(number, row.Fields);
                number += taken.Count;
                continue;
            }

            for (var i = taken.Count - 1; i >= 0; i--)
                ahead.AddFirst(taken[i]);
            yield return new DelimitedLine(number, [], "the line has a quote that opens a field and does not close it; close it, or write a quote within a field in quotes twice");
        }
    }

    private static string? Next(IEnumerator<string> source, LinkedList<string> ahead)
    {
        if (ahead.First is not { } first)
            return source.MoveNext() ? source.Current : null;
        ahead.RemoveFirst();
        return first.Value;
    }

    private enum State
    {
        Whole,
        Open,
        Bad,
    }

    private sealed class Row(char separator)
    {
        private readonly List<string> _fields = [];
        private readonly StringBuilder _field = new();
        private bool _isOpen;

        public IReadOnlyList<string> Fields => _fields;

        public State Add(string line)
        {
            for (var i = 0; i < line.Length; i++)
            {
                var (isQuote, isDoubled) = (line[i] == '"', line.AsSpan(i).StartsWith("\"\""));
                if (_isOpen && isQuote && !isDoubled)
                {
                    if (i + 1 < line.Length && line[i + 1] != separator)
                        return State.Bad;
                    _isOpen = false;
                }
                else if (!_isOpen && isQuote && _field.Length == 0 && (i == 0 || line[i - 1] == separator))
                {
                    _isOpen = true;
                }
                else if (!_isOpen && line[i] == separator)
                {
                    Close();
                }
                else
                {
                    _field.Append(line[i]);
                    i += _isOpen && isDoubled ? 1 : 0;
                }
            }

            if (_isOpen)
                _field.Append('\n');
            else
                Close();
            return _isOpen ? State.Open : State.Whole;
        }

        private void Close()
        {
            _fields.Add(_field.ToString());
            _field.Clear();
        }
    }
}
