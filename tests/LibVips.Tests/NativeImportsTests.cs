using System.Reflection;
using System.Runtime.InteropServices;

namespace LibVips.Tests;

/// <summary>Marshalling slips in imports crash long after the call; these rules catch them by reading the declarations.</summary>
public class NativeImportsTests
{
    private static IEnumerable<MethodInfo> Imports() => typeof(VipsLibrary).Assembly.GetTypes()
        .Where(type => type.Namespace == "LibVips.Native")
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => EntryPoint(method) is not null);

    [Test]
    public void Imports_All_AreFound() => Assert.That(Imports().Count(), Is.GreaterThan(40));

    [TestCaseSource(nameof(Imports))]
    public void Import_EntryPoint_IsExported(MethodInfo import)
    {
        var library = NativeLibrary.Load(VipsLibrary.NativePath);
        Assert.That(NativeLibrary.TryGetExport(library, EntryPoint(import)!, out _), Is.True, EntryPoint(import));
    }

    [TestCaseSource(nameof(Imports))]
    public void Import_Parameters_HaveNativeSizes(MethodInfo import)
    {
        // C's int is 32 bits and its boolean an int; long differs by platform, and a managed bool or char has no fixed native form.
        Type[] wrong = [typeof(bool), typeof(char), typeof(long), typeof(ulong), typeof(decimal), typeof(byte[]), typeof(object)];
        var used = import.GetParameters().Select(parameter => parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType)
            .Append(import.ReturnType);
        Assert.That(used.Intersect(wrong), Is.Empty);
    }

    [TestCaseSource(nameof(Imports))]
    public void Import_Return_IsNoManagedObject(MethodInfo import) =>
        Assert.That(import.ReturnType.IsPrimitive || import.ReturnType == typeof(void), Is.True, "a string or handle would hide who frees it");

    [Test]
    public void GValue_Size_IsThatOfGLib() => Assert.That(Marshal.SizeOf(typeof(VipsLibrary).Assembly.GetType("LibVips.Native.GValue")!), Is.EqualTo(24));

    private static string? EntryPoint(MethodInfo method) =>
        method.GetCustomAttribute<LibraryImportAttribute>()?.EntryPoint ?? method.GetCustomAttribute<DllImportAttribute>()?.EntryPoint;
}
