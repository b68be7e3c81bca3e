using System.Runtime.InteropServices;

namespace LibVips.Native;

/// <summary>The calls of libvips. None is variadic: everything an image goes through is an operation object.</summary>
internal static unsafe partial class Vips
{
    private const string Library = NativeResolver.Vips;

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Init(string program);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    public static partial int Version(int part);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    public static partial void BlockUntrusted(int state);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint TakeErrors();

    [LibraryImport(Library, EntryPoint = "vips_type_find", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint FindType(string baseName, string nickname);

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewOperation(string name);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    public static partial nint BuildOperation(GObjectHandle operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    public static partial void UnrefOutputs(GObjectHandle operation);

    [LibraryImport(Library, EntryPoint = "vips_object_get_argument", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetArgument(GObjectHandle operation, string name, out nint spec, out nint argumentClass, out nint argumentInstance);

    [LibraryImport(Library, EntryPoint = "vips_value_set_array_double")]
    public static partial void SetDoubles(ref GValue value, double* numbers, int count);

    [LibraryImport(Library, EntryPoint = "vips_value_set_array_int")]
    public static partial void SetIntegers(ref GValue value, int* numbers, int count);

    [LibraryImport(Library, EntryPoint = "vips_blob_copy")]
    public static partial nint CopyBlob(byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_blob_new")]
    public static partial nint NewBlob(nint free, byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    public static partial nint GetBlob(nint blob, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    public static partial void UnrefArea(nint area);

    [LibraryImport(Library, EntryPoint = "vips_foreign_find_load_buffer")]
    public static partial nint FindLoader(byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int GetWidth(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int GetHeight(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int GetBands(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    public static partial int GetFormat(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    public static partial int GetInterpretation(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    public static partial int HasAlpha(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint GetTypeOf(GObjectHandle image, string field);

    [LibraryImport(Library, EntryPoint = "vips_image_get_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetInt(GObjectHandle image, string field, out int value);

    [LibraryImport(Library, EntryPoint = "vips_image_set_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetInt(GObjectHandle image, string field, int value);

    [LibraryImport(Library, EntryPoint = "vips_image_copy_memory")]
    public static partial nint CopyToMemory(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory_copy")]
    public static partial nint NewFromMemory(byte* data, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    public static partial nint WriteToMemory(GObjectHandle image, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_region_new")]
    public static partial nint NewRegion(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_region_fetch")]
    public static partial nint FetchRegion(GObjectHandle region, int left, int top, int width, int height, out nuint length);
}
