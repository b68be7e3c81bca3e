using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>
/// Metrics in an order, the one that counts most first. In JSON they are one object, each a number under its name; one that is not finite is
/// null there. Two sets with the same metrics are equal.
/// </summary>
[JsonConverter(typeof(MetricSetConverter))]
[CollectionBuilder(typeof(MetricSet), nameof(Create))]
public sealed class MetricSet : IReadOnlyList<MetricValue>, IEquatable<MetricSet>
{
    private readonly MetricValue[] _values;

    private MetricSet(MetricValue[] values) => _values = values;

    /// <inheritdoc />
    public int Count => _values.Length;

    /// <summary>The metric that counts most; null where there is none.</summary>
    public MetricValue? Headline => _values is [var first, ..] ? first : null;

    /// <inheritdoc />
    public MetricValue this[int index] => _values[index];

    /// <summary>The value of a metric; null where there is no such metric.</summary>
    /// <param name="name">Its name, such as <c>microAccuracy</c>.</param>
    public double? this[string name] => Array.Find(_values, value => value.Name == name)?.Value;

    /// <summary>Makes a set.</summary>
    /// <param name="values">The metrics.</param>
    public static MetricSet Create(ReadOnlySpan<MetricValue> values) => new(values.ToArray());

    /// <inheritdoc />
    public IEnumerator<MetricValue> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public bool Equals(MetricSet? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as MetricSet);

    /// <inheritdoc />
    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);

    /// <summary>The names and values, for messages.</summary>
    public override string ToString() => string.Join(", ", _values.Select(value => FormattableString.Invariant($"{value.Name} {value.Value}")));
}
